import type { Compilable, Kysely } from 'kysely';
import type { Db } from './db.ts';
import type { Awaitable, Dialect, Value } from './dialect.ts';
import type { Schema } from './schema.ts';

/** A statement's text and how its parameters are read from what a caller gives. */
interface Plan<P> {
  text: string;
  read: readonly ((values: P) => Value)[];
}

type Build<P> = (sql: Kysely<Schema>, p: P, dialect: Dialect) => Compilable<unknown>;
type BuildMany<I, P> = (
  sql: Kysely<Schema>,
  items: readonly I[],
  p: P,
  dialect: Dialect,
) => Compilable<unknown>;

/** Stands where a value will be, while the statement is built. */
class Marker<P> {
  readonly read: (values: P) => Value;
  constructor(read: (values: P) => Value) {
    this.read = read;
  }
}

/** A row type as queries answer it: column types are the schema's, checked where they are selected. */
export type Answer<R> = Awaitable<R[]>;

/**
 * A query that is built and compiled once per dialect and then only given values. `build` sees
 * markers of the values' types and must not look at them.
 */
export function query<P extends object, R>(build: Build<P>): (db: Db, values: P) => Answer<R> {
  const plan = once((dialect) => compile(build(dialect.sql, markers<P>(), dialect)));
  return (db, values) => {
    const { text, read } = plan(db.dialect);
    return db.rows(text, bind(read, values)) as unknown as Answer<R>;
  };
}

/** The same for a statement that changes rows; answers how many. */
export function change<P extends object>(build: Build<P>): (db: Db, values: P) => Awaitable<number> {
  const plan = once((dialect) => compile(build(dialect.sql, markers<P>(), dialect)));
  return (db, values) => {
    const { text, read } = plan(db.dialect);
    return db.change(text, bind(read, values));
  };
}

/** Longer lists are cut: databases bound how many parameters a statement has. */
const MOST = 256;

/**
 * A query over a list of numbers or words (`in (...)`), compiled per power of two: the list is
 * filled up with its last item.
 */
export function queryIn<I extends Value, P extends object, R>(
  build: BuildMany<I, P>,
): (db: Db, items: readonly I[], values: P) => Promise<R[]> {
  const plan = planIn(build);
  return async (db, items, values) => {
    const found: R[] = [];
    for (const part of parts(items, MOST)) {
      const { text, read } = plan(db.dialect, part.length);
      const rows = await db.rows(text, bind(read, { values, items: part }));
      for (const row of rows) found.push(row as R);
    }
    return found;
  };
}

/** The same for a statement that changes rows. */
export function changeIn<I extends Value, P extends object>(
  build: BuildMany<I, P>,
): (db: Db, items: readonly I[], values: P) => Promise<number> {
  const plan = planIn(build);
  return async (db, items, values) => {
    let count = 0;
    for (const part of parts(items, MOST)) {
      const { text, read } = plan(db.dialect, part.length);
      count += await db.change(text, bind(read, { values, items: part }));
    }
    return count;
  };
}

/** Inserts of several rows at once, compiled per number of rows. */
export function insertRows<I extends object>(
  build: (sql: Kysely<Schema>, rows: readonly I[], dialect: Dialect) => Compilable<unknown>,
): (db: Db, rows: readonly I[]) => Promise<number> {
  const plan = sized<{ rows: readonly I[] }>((dialect, size) => {
    const rows = Array.from({ length: size }, (_, i) =>
      markers<I, { rows: readonly I[] }>((values) => values.rows[i] as I),
    );
    return compile(build(dialect.sql, rows, dialect));
  });
  return async (db, rows) => {
    let count = 0;
    for (let from = 0; from < rows.length; from += 32) {
      const part = rows.slice(from, from + 32);
      const { text, read } = plan(db.dialect, part.length);
      count += await db.change(text, bind(read, { rows: part }));
    }
    return count;
  };
}

type ListValues<I, P> = { values: P; items: readonly I[] };

function planIn<I extends Value, P extends object>(build: BuildMany<I, P>) {
  return sized<ListValues<I, P>>((dialect, size) => {
    const items = Array.from({ length: size }, (_, i) =>
      marker((all: ListValues<I, P>) => all.items[i] ?? null),
    );
    const p = markers<P, ListValues<I, P>>((all) => all.values);
    return compile(build(dialect.sql, items as unknown as I[], p, dialect));
  });
}

function compile<P>(built: Compilable<unknown>): Plan<P> {
  const { sql, parameters } = built.compile();
  const read = parameters.map((parameter) =>
    parameter instanceof Marker ? (parameter.read as (values: P) => Value) : () => parameter as Value,
  );
  return { text: sql, read };
}

function bind<P>(read: Plan<P>['read'], values: P): Value[] {
  const bound = new Array<Value>(read.length);
  for (let i = 0; i < read.length; i++) bound[i] = (read[i] as (values: P) => Value)(values);
  return bound;
}

const marker = <P>(read: (values: P) => Value) => new Marker(read);

/** An object whose every property is the marker of that property. */
function markers<P extends object, V = P>(of: (values: V) => P = (values) => values as unknown as P): P {
  return new Proxy({} as P, {
    get: (_, name) => marker((values: V) => (of(values) as Record<string | symbol, Value>)[name] ?? null),
  });
}

function once<P>(make: (dialect: Dialect) => Plan<P>): (dialect: Dialect) => Plan<P> {
  const plans = new Map<Dialect, Plan<P>>();
  return (dialect) => remembered(plans, dialect, () => make(dialect));
}

function sized<P>(make: (dialect: Dialect, size: number) => Plan<P>) {
  const plans = new Map<Dialect, Map<number, Plan<P>>>();
  return (dialect: Dialect, size: number): Plan<P> =>
    remembered(
      remembered(plans, dialect, () => new Map<number, Plan<P>>()),
      size,
      () => make(dialect, size),
    );
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** Pieces of at most `most`, each filled up to a power of two with its last item. */
function parts<I>(items: readonly I[], most: number): I[][] {
  const pieces: I[][] = [];
  for (let from = 0; from < items.length; from += most) {
    const piece = items.slice(from, from + most);
    const size = 2 ** Math.ceil(Math.log2(piece.length));
    const last = piece[piece.length - 1] as I;
    while (piece.length < size) piece.push(last);
    pieces.push(piece);
  }
  return pieces;
}

/** Runs a query that is built anew every time: for what is rare or of many shapes. */
export function runQuery<R>(db: Db, built: Compilable<R>): Awaitable<R[]> {
  const { sql, parameters } = built.compile();
  return db.rows(sql, parameters as Value[]) as unknown as Awaitable<R[]>;
}

export function runChange(db: Db, built: Compilable<unknown>): Awaitable<number> {
  const { sql, parameters } = built.compile();
  return db.change(sql, parameters as Value[]);
}
