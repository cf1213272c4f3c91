// `npm run test:fuzz`: schemathesis holds the running server to its OpenAPI document. Everything the document
// names is asked by each of the cast, with values that fit and values that do not. Nothing may be a 5xx, have a
// status or a content type that is not documented, have a body that is not as its schema says, or go on without
// the token it needs. Options go to schemathesis: `-- -n 200 --seed 7`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeEngine } from '../../src/adapters/engine/fake.ts';
import { api, startTestServer } from '../support/server.ts';
import { type Actor, castOf } from './cast.ts';
import { installed, run } from './schemathesis.ts';

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'ignored_auth',
];

interface Report {
  operations: { selected: number; tested: number; errored: number };
  test_cases: { generated: number; unique_failures: number };
}

const schemathesis = await installed();
const server = await startTestServer({ logLevel: 'error' }, { engine: new FakeEngine() });
const folder = mkdtempSync(join(tmpdir(), 'parley-fuzz-'));
const lines: string[] = [];
let good = true;
try {
  for (const actor of await castOf(server)) {
    console.log(`\n## ${actor.name}`);
    const { code, report } = await fuzz(actor);
    // Who leaves is gone afterwards; everybody else has only asked as themselves if they still are.
    const { status } = await api(server, 'GET', actor.home, { token: actor.token });
    const still = actor.only !== undefined || status === 200;
    good &&= code === 0 && still;
    const { operations, test_cases: cases } = report;
    const said = still ? '' : `; its token is no longer good (${status})`;
    lines.push(
      `${actor.name}: ${operations.tested} operations, ${cases.generated} requests, ` +
        `${cases.unique_failures} failures, ${operations.errored} errors${said}`,
    );
  }
  const { status } = await api(server, 'GET', '/ready');
  good &&= status === 200;
  lines.push(`/ready afterwards: ${status}`);
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${lines.join('\n')}\n${good ? 'The server is as its document says.' : 'FAILED'}`);
process.exitCode = good ? 0 : 1;

async function fuzz(actor: Actor) {
  writeFileSync(join(folder, 'schemathesis.toml'), settingsOf(actor));
  const file = join(folder, 'report.json');
  const code = await run(
    schemathesis,
    [
      ...['run', `${server.url}/openapi.json`, '--header', `Authorization: Bearer ${actor.token}`],
      ...['--checks', CHECKS.join(), '--phases', 'examples,coverage,fuzzing', '--max-examples', '20'],
      ...['--seed', '1', '--continue-on-failure', '--generation-database', 'none', '--warnings', 'off'],
      ...['--report', 'json', '--report-json-path', file, '--no-color'],
      ...(actor.without ? ['--exclude-path', actor.without] : []),
      ...(actor.only ? ['--include-path', actor.only] : []),
      ...process.argv.slice(2),
    ],
    folder,
  );
  return { code, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
}

/** JSON's lists are TOML's. Webhooks go nowhere: an address that was made up may be somebody's. */
function settingsOf({ words, numbers }: Actor): string {
  return `
[dictionaries]
words = { values = ${JSON.stringify(words)} }
numbers = { values = ${JSON.stringify(numbers)} }
[generation.dictionaries]
string = { dictionary = "words", probability = 0.4 }
integer = { dictionary = "numbers", probability = 0.4 }
[parameters]
"body.url" = "http://127.0.0.1:1/"
`;
}
