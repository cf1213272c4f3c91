// Bare Fastify with the very schemas of a door's routes (contract A's, or with `rooms` D's). For each request it runs the statements
// that Parley ran for that request, in the same transactions, and gives the answer Parley gave; what
// Parley ran after an answer runs after the answer. No token, no rule, no logic.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { callService } from '../../src/doors/call-service/index.ts';
import { rooms } from '../../src/doors/rooms/index.ts';
import type { Recording } from '../support/record-sql.ts';

const [dataDir = '', recordingFile = '', answersFile = '', door = 'calls'] = process.argv.slice(2);
const { statements, requests } = JSON.parse(readFileSync(recordingFile, 'utf8')) as Recording;
const answers = JSON.parse(readFileSync(answersFile, 'utf8')) as unknown[];

class Connection {
  readonly #db = new DatabaseSync(join(dataDir, 'parley.db'));
  readonly #prepared: StatementSync[] = [];

  exec(statement: number): void {
    this.#db.exec(statements[statement] ?? '');
  }

  prepared(statement: number): StatementSync {
    this.#prepared[statement] ??= this.#db.prepare(statements[statement] ?? '');
    return this.#prepared[statement];
  }
}

const connections: Connection[] = [];
let asked = 0;

function run(part: 'early' | 'own'): void {
  const steps = requests[asked]?.[part].splice(0) ?? [];
  for (const [number, method, statement, values] of steps) {
    connections[number] ??= new Connection();
    const connection = connections[number];
    if (method === 'exec') connection.exec(statement);
    else connection.prepared(statement)[method](...values);
  }
}

function answerNext(): unknown {
  // Here, if the request was quicker than our own next turn.
  run('early');
  run('own');
  return answers[asked++];
}

const http = Fastify();
http.addHook('onResponse', (_request, _reply, done) => {
  setImmediate(run, 'early');
  done();
});
http.setValidatorCompiler(TypeBoxValidatorCompiler);
for (const { method, url, body, response } of (door === 'rooms' ? rooms : callService).routes) {
  if (method !== 'POST') continue;
  http.post(url, { schema: { body, response: { 200: response } } }, async () => answerNext());
}
process.on('SIGTERM', () => process.exit(0));
console.log(`listening on ${await http.listen({ port: 0, host: '127.0.0.1' })}`);
