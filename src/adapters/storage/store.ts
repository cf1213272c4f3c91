import type { Queries, Store, Transaction } from '../../ports/store.ts';
import { ATTEMPTS, backoff, PATIENCE_MS } from './backoff.ts';
import { Db, mayPass, translate } from './db.ts';
import type { Driver, Session } from './dialect.ts';
import { writeTallies } from './meeting-tallies.ts';
import { Nouns } from './nouns.ts';

/** The port over any driver. */
export class SqlStore implements Store {
  readonly read: Queries;
  readonly #driver: Driver;
  #closed: Promise<void> | undefined;

  constructor(driver: Driver) {
    this.#driver = driver;
    this.read = new Nouns(new Db(driver.dialect, persistent(driver), false));
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      const end = await this.#attempt(work);
      if (end.done) return end.result;
      const last = attempt >= ATTEMPTS || performance.now() > deadline;
      if (last || !mayPass(this.#driver.dialect, end.cause)) throw end.error;
      await backoff(attempt);
    }
  }

  async #attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<Ended<T>> {
    const { dialect } = this.#driver;
    let db: Db | undefined;
    let open: Awaited<ReturnType<Driver['begin']>> | undefined;
    try {
      open = await this.#driver.begin();
      db = new Db(dialect, open, true);
      const result = await work(new Nouns(db));
      // Work that swallowed a failed statement must not commit the rest of itself.
      if (db.failure) throw db.failure.error;
      await writeTallies(db);
      db.end();
      await open.commit();
      return { done: true, result };
    } catch (error) {
      db?.end();
      await open?.rollback();
      const cause = db?.failure?.error ?? error;
      return { done: false, cause, error: translate(dialect, error) };
    }
  }

  async ping(): Promise<void> {
    try {
      await this.#driver.ping();
    } catch (error) {
      throw translate(this.#driver.dialect, error);
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#driver.close();
    return this.#closed;
  }
}

type Ended<T> = { done: true; result: T } | { done: false; cause: unknown; error: unknown };

/** Reads outside a transaction stand alone: one that collided is simply asked again. */
function persistent({ dialect, read }: Driver): Session {
  const again = async (statement: string, values: Parameters<Session['rows']>[1], failure: unknown) => {
    let error = failure;
    for (let attempt = 1; dialect.isRetryable(error) && attempt < ATTEMPTS; attempt++) {
      await backoff(attempt);
      try {
        return await read.rows(statement, values);
      } catch (next) {
        error = next;
      }
    }
    throw error;
  };
  return {
    rows(statement, values) {
      try {
        const answer = read.rows(statement, values);
        return answer instanceof Promise
          ? answer.catch((error: unknown) => again(statement, values, error))
          : answer;
      } catch (error) {
        return again(statement, values, error);
      }
    },
    change: (statement, values) => read.change(statement, values),
  };
}
