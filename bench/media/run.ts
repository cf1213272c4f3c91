// npm run bench:media                    every figure, against a real LiveKit server in the same run
// npm run bench:media -- forward join    some of them
// npm run bench:media -- --pairs=1       fewer pairs, to try something out
// npm run bench:media -- --fps=15        frames a second, instead of what the machine is found to bear
// npm run bench:media -- --small         a tenth of the people: shows that everything runs, and no more
import { type Line, short } from '../support/figure.ts';
import { print } from '../support/table.ts';
import { browser } from './figures/browser.ts';
import { churn } from './figures/churn.ts';
import { forward } from './figures/forward.ts';
import { idle } from './figures/idle.ts';
import { join } from './figures/join.ts';
import { restRoom } from './figures/rest-room.ts';
import { signaling } from './figures/signaling.ts';
import { Missing } from './support/go.ts';
import { ourWorker, stockWorker } from './support/ours.ts';

const PAIRS = 5;
const figures = [forward, join, browser, churn, idle, restRoom, signaling];

const given = process.argv.slice(2);
const names = given.filter((word) => !word.startsWith('--'));
const option = (name: string) => given.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const known = given.every((word) => /^(--pairs=[1-9]\d*|--fps=[1-9]\d*|--small|\w[\w-]*)$/.test(word));
if (!known || names.some((name) => !figures.some((figure) => figure.name === name))) {
  console.error(
    `figures: ${figures.map(({ name }) => name).join(', ')}; options: --pairs=5 --fps=30 --small`,
  );
  process.exit(2);
}
const fps = option('fps');
const asked = {
  pairs: Number(option('pairs') ?? PAIRS),
  small: given.includes('--small'),
  fps: fps === undefined ? undefined : Number(fps),
};

const notes: string[] = [];
const note = (sentence: string) => {
  notes.push(sentence);
  process.stderr.write(`${sentence}\n`);
};
try {
  const { path, batchesSends, mapsNumbers } = ourWorker();
  note(`our worker: ${path}${batchesSends && mapsNumbers ? '' : ', which is not our own build'}`);
  note(
    `the stock worker: ${stockWorker() ?? 'not here, so it is not printed beside (STOCK_WORKER_BIN may name one)'}`,
  );
} catch (error) {
  if (!(error instanceof Missing)) throw error;
  console.error(`nothing can be measured without ${error.message}`);
  process.exit(1);
}

const none = { ours: '-', floor: '-', ratio: Number.NaN, bar: '-' };
const lines: (Line & { skipped?: boolean })[] = [];
for (const figure of figures.filter(({ name }) => names.length === 0 || names.includes(name))) {
  try {
    lines.push(...(await figure.measure(asked, note)));
  } catch (error) {
    const skipped = error instanceof Missing;
    if (skipped) note(`${figure.name} is skipped: this machine lacks ${error.message}`);
    else note(`${figure.name} could not be measured: ${error instanceof Error ? error.stack : error}`);
    lines.push({ figure: figure.name, ...none, holds: skipped, skipped });
  }
}

print(
  ['figure', 'ours', 'compared with', 'ratio', 'bar', 'verdict'],
  lines.map(({ figure, ours, floor, ratio, bar, holds, skipped }) => [
    figure,
    ours,
    floor,
    Number.isFinite(ratio) ? short(ratio) : '-',
    bar,
    skipped ? 'skipped' : bar === '-' && holds ? '' : holds ? 'holds' : 'falls short',
  ]),
);
console.log(
  `\n${asked.small ? ['Sizes are a tenth: these are no figures.', ...notes].join('\n') : notes.join('\n')}`,
);
process.exit(lines.every(({ holds }) => holds) ? 0 : 1);
