import { ParleyError } from '../../core/errors.ts';
import type { Awaitable, Dialect, Row, Session, Value } from './dialect.ts';

/** Two transactions met in a way the database does not call a failure; run again it may succeed. */
export class Collision extends Error {
  override readonly name = 'Collision';
}

/**
 * What query functions take first: where statements go, with failures in the core's words. In a
 * transaction the first failure spoils it: nothing more runs, and it cannot commit.
 */
export class Db {
  readonly dialect: Dialect;
  readonly #session: Session;
  readonly #transaction: boolean;
  #over = false;
  #failure: { error: unknown } | undefined;

  constructor(dialect: Dialect, session: Session, transaction: boolean) {
    this.dialect = dialect;
    this.#session = session;
    this.#transaction = transaction;
  }

  rows(statement: string, values: readonly Value[]): Awaitable<Row[]> {
    this.#check();
    try {
      const answer = this.#session.rows(statement, values);
      return answer instanceof Promise ? answer.catch(this.#fail) : answer;
    } catch (error) {
      return this.#fail(error);
    }
  }

  change(statement: string, values: readonly Value[]): Awaitable<number> {
    this.#check();
    try {
      const answer = this.#session.change(statement, values);
      return answer instanceof Promise ? answer.catch(this.#fail) : answer;
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** What the database said first, as it said it. */
  get failure(): { error: unknown } | undefined {
    return this.#failure;
  }

  /** Spoils the transaction so that it is run again; to be thrown. */
  collided(what: string): Collision {
    const error = new Collision(what);
    this.#failure ??= { error };
    return error;
  }

  /** No statement after this one. */
  end(): void {
    this.#over = true;
  }

  #check(): void {
    if (this.#over) throw new Error('the transaction is over');
    if (this.#failure) throw translate(this.dialect, this.#failure.error);
  }

  readonly #fail = (error: unknown): never => {
    if (this.#transaction) this.#failure ??= { error };
    throw translate(this.dialect, error);
  };
}

/** The same work may succeed if it is run again. */
export const mayPass = (dialect: Dialect, error: unknown): boolean =>
  error instanceof Collision || dialect.isRetryable(error);

/** A database's failure in the core's words, where it has one; the rest stays what it is. */
export function translate(dialect: Dialect, error: unknown): unknown {
  if (error instanceof ParleyError) return error;
  const violated = dialect.violated(error);
  if (violated !== undefined)
    return caused(new ParleyError('conflict', 'taken', { field: fieldOf(violated) }), error);
  if (mayPass(dialect, error) || dialect.isUnavailable(error)) {
    return caused(new ParleyError('unavailable', 'database'), error);
  }
  if (dialect.isBadValue(error))
    return caused(new ParleyError('invalid', 'invalid.field', { field: 'value' }), error);
  return error;
}

function caused(error: ParleyError, cause: unknown): ParleyError {
  error.cause = cause;
  return error;
}

/** Uniqueness is told as `users.uid`, `users_uid` or `users_uid_key`, and as `PRIMARY`. */
function fieldOf(violated: string): string {
  const fields = ['room_name', 'live_key', 'username', 'email', 'uid', 'seq', 'position'];
  const field = fields.find((name) => violated.includes(name));
  return field ?? 'id';
}
