import { expect, it } from 'vitest';
import { Call } from './call.ts';
import type { CallContext } from './call-context.ts';
import type { CarrierHooks } from './call-room.ts';
import type { LocalMedia } from './local-media.ts';
import type { Mesh } from './mesh.ts';
import type { Person } from './types.ts';

const bob = { uid: 'bob', name: 'Bob' } as unknown as Person;

/** A call of two that is going on, its connection measurable, and the room it may move to. */
function grown() {
  const one = { at: 1, roundTripTime: 0.05 };
  const samples = async () => ({ all: one, each: new Map([['bob', one]]) });
  const mesh = { begin() {}, close() {}, states: () => ['connected'], samples } as unknown as Mesh;
  const local = { hooks: { track() {}, changed() {} }, close() {} } as unknown as LocalMedia;
  const posted: string[] = [];
  const sent: Record<string, unknown>[] = [];
  let hooks: CarrierHooks | undefined;
  const context = {
    me: 'ann',
    media: true,
    rooms: () => ({
      open: async (_: unknown, __: unknown, given: CarrierHooks) => {
        hooks = given;
      },
      setTrack() {},
      close() {},
    }),
    rest: { post: async (path: string) => void posted.push(path) },
    send: (_: string, data: Record<string, unknown>) => sent.push(data) > 0,
    online: () => true,
    ended() {},
    error(error: Error) {
      throw error;
    },
  } as unknown as CallContext;
  const call = new Call(context, {
    id: 'call_1',
    kind: 'audio',
    direction: 'outgoing',
    phase: 'active',
    peer: bob,
    others: [[bob, 'joined']],
    isGroup: false,
    createdAt: new Date(0),
    local,
    mesh,
  });
  const move = async () => {
    call.upgraded({ room: 'call_1', url: 'ws://localhost', token: 't' });
    await expect.poll(() => hooks).toBeDefined();
    hooks?.flowing();
  };
  return { call, posted, sent, move };
}

it('is measured while connections carry it, and what they measured last is told at its end', async () => {
  const { call, posted, sent } = grown();
  expect((await call.stats()).latency).toBeGreaterThan(0);
  await call.hangUp();
  expect(sent.at(-1)).toHaveProperty('metrics');
  await expect.poll(() => posted).toEqual(['/api/v1/rtc/stats/call_1']);
});

it('in a room no number of before is passed off as one of now: the server measures', async () => {
  const { call, posted, sent, move } = grown();
  await call.stats();
  await move();
  await expect(call.stats()).rejects.toMatchObject({ reason: 'unavailable' });
  await call.hangUp();
  expect(sent.at(-1)).not.toHaveProperty('metrics');
  expect(posted).toEqual([]);
});
