// Loaded before the server whose statements the floor will run: what every request made of the
// database, in order, with its values. Written to RECORD_TO when the server ends.
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { DatabaseSync, StatementSync } from 'node:sqlite';

type Value = string | number | null;
export type Method = 'all' | 'get' | 'run' | 'exec';
/** Connection, how it was run, the statement's number, its values. */
export type Step = [connection: number, method: Method, statement: number, values: Value[]];
export interface Recording {
  statements: string[];
  /** One for each request: what ran after the answer before it, and what ran until its own. */
  requests: { early: Step[]; own: Step[] }[];
}

const statements: string[] = [];
const numbers = new Map<string, number>();
const connections = new Map<DatabaseSync, number>();
const of = new WeakMap<StatementSync, { db: DatabaseSync; text: string }>();
const requests: Recording['requests'] = [{ early: [], own: [] }];
let part: 'early' | 'own' = 'early';

function record(db: DatabaseSync, method: Method, text: string, values: Value[]): void {
  const connection = connections.get(db) ?? connections.size;
  connections.set(db, connection);
  const number = numbers.get(text) ?? statements.push(text) - 1;
  numbers.set(text, number);
  requests.at(-1)?.[part].push([connection, method, number, values]);
}

const { prepare, exec } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (...given) {
  const statement = prepare.apply(this, given);
  of.set(statement, { db: this, text: given[0] });
  return statement;
};
DatabaseSync.prototype.exec = function (text) {
  exec.call(this, text);
  record(this, 'exec', text, []);
};
for (const method of ['all', 'get', 'run'] as const) {
  const original = StatementSync.prototype[method] as (...values: Value[]) => unknown;
  const recorded = function (this: StatementSync, ...values: Value[]) {
    // What failed is not repeated: it did nothing.
    const answer = original.apply(this, values);
    const known = of.get(this);
    if (known) record(known.db, method, known.text, values);
    return answer;
  };
  Object.defineProperty(StatementSync.prototype, method, { value: recorded });
}
subscribe('http.server.request.start', () => {
  part = 'own';
});
subscribe('http.server.response.finish', () => {
  requests.push({ early: [], own: [] });
  part = 'early';
});
process.on('exit', () => {
  writeFileSync(process.env.RECORD_TO ?? '', JSON.stringify({ statements, requests } satisfies Recording));
});
