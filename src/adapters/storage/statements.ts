import type { Compilable, Kysely } from 'kysely';
import type { Db } from './db.ts';
import type { Awaitable, Dialect, Value } from './dialect.ts';
import type { Schema } from './schema.ts';

/** A statement's text and where its parameters are in what a caller gives. */
interface Plan {
  text: string;
  parameters: readonly Marker[];
}

type Build<P> = (sql: Kysely<Schema>, p: P, dialect: Dialect) => Compilable<unknown>;
type BuildMany<I, P> = (
  sql: Kysely<Schema>,
  items: readonly I[],
  p: P,
  dialect: Dialect,
) => Compilable<unknown>;

/** Of a marker: the value is among those that are no list's. */
const VALUES = -1;

/** Stands where a value will be, while the statement is built; says where it is then found. */
class Marker {
  /** In which item of the list, or `VALUES`. */
  readonly item: number;
  /** The item's property; the item itself without one. */
  readonly name: string | undefined;
  /** A value the statement was built with. */
  readonly fixed: Value;

  constructor(item: number, name: string | undefined, fixed: Value = null) {
    this.item = item;
    this.name = name;
    this.fixed = fixed;
  }
}

const FIXED = -2;
/** For statements without values, or without a list. */
const NOTHING = {};
const NONE: readonly never[] = [];

/** A row type as queries answer it: column types are the schema's, checked where they are selected. */
export type Answer<R> = Awaitable<R[]>;

/**
 * A query that is built and compiled once per dialect and then only given values. `build` sees
 * markers of the values' types and must not look at them.
 */
export function query<P extends object, R>(build: Build<P>): (db: Db, values: P) => Answer<R> {
  const plan = once((dialect) => compile(build(dialect.sql, markers<P>(VALUES), dialect)));
  return (db, values) => {
    const { text, parameters } = plan(db.dialect);
    return db.rows(text, bind(parameters, values, NONE)) as unknown as Answer<R>;
  };
}

/** The same for a statement that changes rows; answers how many. */
export function change<P extends object>(build: Build<P>): (db: Db, values: P) => Awaitable<number> {
  const plan = once((dialect) => compile(build(dialect.sql, markers<P>(VALUES), dialect)));
  return (db, values) => {
    const { text, parameters } = plan(db.dialect);
    return db.change(text, bind(parameters, values, NONE));
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
      const { text, parameters } = plan(db.dialect, part.length);
      const rows = await db.rows(text, bind(parameters, values, part));
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
      const { text, parameters } = plan(db.dialect, part.length);
      count += await db.change(text, bind(parameters, values, part));
    }
    return count;
  };
}

/** Inserts of several rows at once, compiled per number of rows. */
export function insertRows<I extends object>(
  build: (sql: Kysely<Schema>, rows: readonly I[], dialect: Dialect) => Compilable<unknown>,
): (db: Db, rows: readonly I[]) => Promise<number> {
  const plan = sized((dialect, size) => {
    const rows = Array.from({ length: size }, (_, i) => markers<I>(i));
    return compile(build(dialect.sql, rows, dialect));
  });
  return async (db, rows) => {
    let count = 0;
    for (let from = 0; from < rows.length; from += 32) {
      const part = rows.slice(from, from + 32);
      const { text, parameters } = plan(db.dialect, part.length);
      count += await db.change(text, bind(parameters, NOTHING, part));
    }
    return count;
  };
}

function planIn<I extends Value, P extends object>(build: BuildMany<I, P>) {
  return sized((dialect, size) => {
    const items = Array.from({ length: size }, (_, i) => new Marker(i, undefined));
    return compile(build(dialect.sql, items as unknown as I[], markers<P>(VALUES), dialect));
  });
}

function compile(built: Compilable<unknown>): Plan {
  const { sql, parameters } = built.compile();
  const places = parameters.map((parameter) =>
    parameter instanceof Marker ? parameter : new Marker(FIXED, undefined, parameter as Value),
  );
  return { text: sql, parameters: places };
}

function bind(parameters: readonly Marker[], values: object, items: readonly unknown[]): Value[] {
  const bound = new Array<Value>(parameters.length);
  for (let i = 0; i < parameters.length; i++) {
    const { item, name, fixed } = parameters[i] as Marker;
    const source = item === VALUES ? values : items[item];
    if (item === FIXED) bound[i] = fixed;
    else
      bound[i] = (name === undefined ? (source as Value) : (source as Record<string, Value>)[name]) ?? null;
  }
  return bound;
}

/** An object whose every property is the marker of that property. */
function markers<P extends object>(item: number): P {
  return new Proxy({} as P, { get: (_, name) => new Marker(item, String(name)) });
}

function once(make: (dialect: Dialect) => Plan): (dialect: Dialect) => Plan {
  const plans = new Map<Dialect, Plan>();
  return (dialect) => remembered(plans, dialect, () => make(dialect));
}

function sized(make: (dialect: Dialect, size: number) => Plan) {
  const plans = new Map<Dialect, Map<number, Plan>>();
  return (dialect: Dialect, size: number): Plan =>
    remembered(
      remembered(plans, dialect, () => new Map<number, Plan>()),
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
