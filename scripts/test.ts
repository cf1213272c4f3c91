// The whole of `npm test` and of its shorter forms: vitest with types and lint beside it, then one line that adds them up.
//   --check  types and lint only        --fast  and the tests that need no other program
//   --long   the property tests take ten times the steps        anything else goes to vitest
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { COUNTS_FILE, type Counts } from './count-reporter.ts';

const OWN = ['--check', '--fast', '--long'];
const given = process.argv.slice(2);
const asked = (option: string): boolean => given.includes(option);
const forVitest = given.filter((argument) => !OWN.includes(argument));

const bin = (path: string): string[] => [process.execPath, join('node_modules', path)];
const checks: { name: string; command: string[] }[] = [
  ...['tsconfig.json', 'sdk/tsconfig.json', 'web/tsconfig.json', 'test/tsconfig.json'].map((file) => ({
    name: `types (${file})`,
    command: [...bin('typescript/bin/tsc'), '--noEmit', '-p', file],
  })),
  {
    name: 'format and lint',
    command: [...bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
  },
];

const run = ([program = '', ...rest]: string[], env: NodeJS.ProcessEnv = process.env): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: 'inherit', env });
    // A terminal's Ctrl-C reaches the child by itself; a polite kill reaches only us. Either way the child ends first,
    // so that it can stop the servers it started.
    const onTerm = (): boolean => child.kill('SIGTERM');
    const onInt = (): void => {};
    process.on('SIGTERM', onTerm).on('SIGINT', onInt);
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('SIGTERM', onTerm).off('SIGINT', onInt);
      resolve(code === 0);
    });
  });

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const checked = checkAll();
if (!asked('--check')) await addVitest();
for (const { name, good, words } of await checked) {
  console.log(`${words}${good ? '✓' : '✗'} ${name}`);
  if (good) total.passed++;
  else total.failed++;
}
if (!asked('--check') && !asked('--fast') && forVitest.length === 0) await addLiveKit();

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** One after the other, on what the tests leave of the cores: many a test waits. */
async function checkAll(): Promise<{ name: string; good: boolean; words: string }[]> {
  const results = [];
  for (const { name, command } of checks) {
    const child = spawn('nice', ['-n', '19', ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    const words = await text(child.stdout);
    const [code] = await ended;
    results.push({ name, good: code === 0, words });
  }
  return results;
}

/** All but those that need a LiveKit server, which Go builds: `npm run test:cluster`. */
function projects(): string[] {
  const names = asked('--fast') ? ['fast'] : ['fast', 'servers', 'media', 'browser'];
  return names.flatMap((name) => ['--project', name]);
}

async function addVitest(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-counts-'));
  const file = join(folder, 'counts.json');
  try {
    const good = await run([...bin('vitest/vitest.mjs'), 'run', ...projects(), ...forVitest], {
      ...process.env,
      // What the servers' processes and the tests' own load is compiled once.
      NODE_COMPILE_CACHE: resolve('node_modules/.cache/node-compile'),
      [COUNTS_FILE]: file,
      ...(asked('--long') ? { TEST_LONG: '1' } : {}),
    });
    const counts = readCounts(file);
    total.passed += counts.passed;
    total.skipped += counts.skipped;
    // A runner that fell over without naming a failed test has failed all the same.
    total.failed += good ? counts.failed : Math.max(1, counts.failed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * LiveKit's own integration tests against this server, where they have been built: the first build takes Go, the
 * network and some minutes, and is `npm run test:livekit`.
 */
async function addLiveKit(): Promise<void> {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  if (!existsSync(join(cache, 'parley', 'livekit-suite', 'suite.test'))) {
    console.log("LiveKit's own tests are not built here: npm run test:livekit builds and runs them");
    return;
  }
  // Two peer connections are what every worker can do; all of it takes three times as long.
  const which = asked('--long') ? [] : ['-path', 'v0'];
  const child = spawn('sh', ['test/livekit-suite/test.sh', ...which], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => {
    words += chunk.toString();
    process.stdout.write(chunk);
  });
  await new Promise((resolve) => child.on('close', resolve));
  const [, passed, all] = /lksuite: (\d+) of (\d+) pass/.exec(words) ?? [];
  total.passed += Number(passed ?? 0);
  // A suite that says nothing of what passed has failed.
  total.failed += all === undefined ? 1 : Number(all) - Number(passed);
}

function readCounts(file: string): Counts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch (error) {
    console.error(`vitest left no counts: ${error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
