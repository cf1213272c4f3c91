import { afterAll, beforeAll, expect, it } from 'vitest';
import { mediaFrom } from '../../src/config/media.ts';
import { eventsOf } from '../../src/core/log/index.ts';
import type { Person, TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { enter, people, plan, type Signaling } from './client.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    media: mediaFrom({ MEDIA_ENGINE: 'none', DEPARTURE_TIMEOUT_S: '1' }),
  });
});
afterAll(() => server.close());

const PEOPLE = 30;
const STEPS = 400;
/** Of everything they do at random; change it to see another crowd. */
const SEED = 20_251_003;

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

it(`${PEOPLE} people come, speak and go at random: nobody stays behind, and the log has no gap`, async () => {
  const names = Array.from({ length: PEOPLE }, (_, n) => `p${n}`);
  const [host, ...crowd] = (await people(server, ...names)) as [Person, ...Person[]];
  const id = await plan(server, host);
  const watcher = await enter(server, host, id);
  const sockets = new Map<Person, Signaling>();
  const random = dice(SEED);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let spoken = 0;

  for (let step = 0; step < STEPS; step++) {
    const who = pick(crowd);
    const socket = sockets.get(who);
    const what = random();
    if (!socket) sockets.set(who, await enter(server, who, id));
    else if (what < 0.45) socket.send('chat', { content: `${++spoken}` });
    else if (what < 0.6) socket.send('media-state', { audio: random() < 0.5, video: random() < 0.5 });
    else if (what < 0.7) socket.send('offer', { sdp: `v=${step}` }, pick(crowd).id);
    else {
      sockets.delete(who);
      // By word, in good order, or as a machine that died.
      if (what < 0.8) socket.send('leave');
      if (what < 0.9) await socket.close();
      else socket.kill();
    }
  }
  for (const socket of sockets.values()) await socket.settle();
  const inside = new Set([host.id, ...[...sockets.keys()].map((one) => one.id)]);

  // Who died without a word has left when their time is over; those who are there are all who are there.
  const { read } = server.app.store;
  const online = async () => {
    const meeting = await read.meetings.get(id);
    return meeting?.participants.filter(({ state }) => state === 'online').map(({ userId }) => userId) ?? [];
  };
  await waitFor(async () => (await online()).length === inside.size, { reason: 'the dead to have left' });
  expect(new Set(await online())).toEqual(inside);
  expect((await read.meetings.get(id))?.sessions).toHaveLength(inside.size);
  expect(await read.messages.count(id)).toBe(spoken);

  // What somebody has been told who was there all the time is what the log says.
  const logged: { seq: number; type: string; data: Readonly<Record<string, unknown>> }[] = [];
  for (;;) {
    const { events } = await eventsOf(server.app, `meeting:${id}`, logged.length, 500);
    if (events.length === 0) break;
    logged.push(...events);
  }
  expect(logged.map(({ seq }) => seq)).toEqual(logged.map((_, n) => n + 1));
  const own = logged.findIndex(({ type, data }) => type === 'meeting.joined' && data.user_id === host.id);
  const after = logged.slice(own + 1);
  await waitFor(() => watcher.of('chat').length === spoken, { reason: 'all that was said' });
  const coming = (type: string, frame: string) => ({
    told: after.filter((event) => event.type === type).map(({ data }) => data.user_id),
    seen: () => watcher.of(frame).map(({ from }) => from),
  });
  for (const [type, frame] of [
    ['meeting.joined', 'user-joined'],
    ['meeting.left', 'user-left'],
    ['meeting.message', 'chat'],
    ['meeting.media', 'media-state'],
  ] as const) {
    const { told, seen } = coming(type, frame);
    // The last who died may be in the log before the watcher is told of them.
    await waitFor(() => seen().length >= told.length, { reason: `every ${frame} to be told` });
    expect(seen(), frame).toEqual(told);
  }
  expect(after.filter(({ type }) => type === 'meeting.left').length).toBeGreaterThan(20);

  // The crowd goes, the host last; then nobody is left.
  await Promise.all([...sockets.values()].map((socket) => socket.close()));
  await waitFor(async () => (await online()).length === 1, { reason: 'the crowd to have left' });
  watcher.send('leave');
  await waitFor(async () => (await online()).length === 0, { reason: 'the host to have left' });
  expect((await read.meetings.get(id))?.sessions).toEqual([]);
});
