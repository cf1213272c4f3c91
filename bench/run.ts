// npm run bench                 every figure
// npm run bench -- relay        one of them (several: relay history)
// npm run bench -- --pairs=1    fewer pairs, to try something out
import { callsAtOnce } from './calls-at-once.ts';
import { chat } from './chat.ts';
import { history } from './history.ts';
import { idleSockets } from './idle-sockets.ts';
import { logins } from './logins.ts';
import { meetings } from './meetings.ts';
import { relay } from './relay.ts';
import { restCall } from './rest-call.ts';
import { startUp } from './start-up.ts';
import { type Line, short } from './support/figure.ts';
import { print } from './support/table.ts';

const PAIRS = 5;
const figures = [relay, chat, restCall, idleSockets, callsAtOnce, startUp, history, meetings, logins];

const given = process.argv.slice(2);
const asked = given.filter((word) => !word.startsWith('--'));
const pairs = Number(given.find((word) => word.startsWith('--pairs='))?.slice('--pairs='.length) ?? PAIRS);
const unknown = asked.filter((name) => !figures.some((figure) => figure.name === name));
if (unknown.length > 0 || !Number.isInteger(pairs) || pairs < 1) {
  console.error(`figures: ${figures.map(({ name }) => name).join(', ')}; option: --pairs=5`);
  process.exit(2);
}

const lines: Line[] = [];
for (const figure of figures.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  try {
    lines.push(...(await figure.measure(pairs)));
  } catch (error) {
    console.error(`${figure.name} could not be measured: ${error instanceof Error ? error.stack : error}`);
    lines.push({ figure: figure.name, ours: '-', floor: '-', ratio: Number.NaN, bar: '-', holds: false });
  }
}
print(
  ['figure', 'ours', 'compared with', 'ratio', 'bar', 'verdict'],
  lines.map(({ figure, ours, floor, ratio, bar, holds }) => [
    figure,
    ours,
    floor,
    Number.isFinite(ratio) ? short(ratio) : '-',
    bar,
    holds ? 'holds' : 'falls short',
  ]),
);
process.exit(lines.every(({ holds }) => holds) ? 0 : 1);
