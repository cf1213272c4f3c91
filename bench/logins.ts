import { Argon2Passwords } from '../src/adapters/passwords/argon2-passwords.ts';
import { HASHES_AT_ONCE } from '../src/compose/people.ts';
import { type Figure, inTurn, type Line, middle, short } from './support/figure.ts';
import { Generator } from './support/generator.ts';
import { copyOf, emptyData, startParley } from './support/parley.ts';
import { cpuSeconds } from './support/proc.ts';
import { seedAccounts, seedPeople, uidOf, usernameOf } from './support/seed.ts';
import { type Server, startServer } from './support/server.ts';
import { tokenFor } from './support/token.ts';

const LOGINS = 50;
/** The machine has time for so many at once in half of the time between. */
const BURSTS = { bursts: 3, everyMs: 3000 };
const CALLS = 20;
/** Everybody, as long as it takes. */
const PACE = { everyMs: 50, rounds: (BURSTS.bursts * BURSTS.everyMs) / 50 };
const WARM_UP = 600;
const CPU_BAR = 1.1;
const LATE_BAR = 1.3;
const PASSWORD = 'correct horse battery staple';
const FLOOR = new URL('./floors/ws-relay.ts', import.meta.url).pathname;

const people = Array.from({ length: 2 * CALLS }, (_, i) => ({ uid: uidOf(i), token: tokenFor(uidOf(i)) }));
const accounts = Array.from({ length: LOGINS }, (_, i) => ({ username: usernameOf(i), password: PASSWORD }));

/** CPU seconds of all sign-ins and frames together, and how late the latest hundredth of the frames came. */
async function beside(server: Server, calls: boolean): Promise<{ cpu: number; late: number }> {
  const [relay, logins] = [new Generator('relay'), new Generator('logins')];
  await relay.ask('connect', { url: server.url, people, calls });
  await relay.ask('exchange', { size: 1, bursts: WARM_UP });
  const signIn = (bursts: number, everyMs: number) =>
    logins.ask<number>('logins', { url: server.url, accounts, bursts, everyMs });
  await signIn(1, 0);
  const before = cpuSeconds(server.pid);
  const [late] = await Promise.all([relay.ask<number>('pace', PACE), signIn(BURSTS.bursts, BURSTS.everyMs)]);
  const cpu = cpuSeconds(server.pid) - before;
  await Promise.all([relay.stop(), logins.stop()]);
  await server.stop();
  return { cpu, late };
}

export const logins: Figure = {
  name: 'logins',
  async measure(pairs): Promise<Line[]> {
    const data = await emptyData();
    const hash = await new Argon2Passwords().hash(PASSWORD);
    seedPeople(data, Math.max(people.length, LOGINS));
    seedAccounts(data, LOGINS, hash);
    const measured = await inTurn(
      'logins',
      pairs,
      async () => beside(await startParley(copyOf(data)), true),
      async () => beside(await startServer(FLOOR, [hash, String(HASHES_AT_ONCE)]), false),
      ({ cpu }) => cpu,
    );
    const cpu = middle(measured, (one) => one.cpu);
    const late = middle(measured, (one) => one.late);
    const what = `${LOGINS} logins at once beside ${CALLS} relayed calls`;
    const floor = 'bare ws relay, the same hashes';
    return [
      {
        figure: `${what}, CPU`,
        ours: `${short(cpu.ours)} s`,
        floor: `${short(cpu.floor)} s (${floor})`,
        ratio: cpu.ratio,
        bar: `at most ${CPU_BAR} x`,
        holds: cpu.ratio <= CPU_BAR,
      },
      {
        figure: `${what}, p99 delay of a frame`,
        ours: `${short(late.ours)} ms`,
        floor: `${short(late.floor)} ms (${floor})`,
        ratio: late.ratio,
        bar: `at most ${LATE_BAR} x`,
        holds: late.ratio <= LATE_BAR,
      },
    ];
  },
};
