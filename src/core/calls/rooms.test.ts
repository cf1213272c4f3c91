import { describe, expect, it } from 'vitest';
import { apply } from './apply.ts';
import type { Call } from './call.ts';
import type { CallCommand } from './commands.ts';
import { decide } from './decide.ts';
import { answer, given, hangUp, placed, RULES } from './machine.fixture.ts';
import { place } from './place.ts';

const WITH_ROOMS = { ...RULES, roomLimit: 4 };

const invite = (by: string, ...people: { uid: string; busy?: boolean }[]): CallCommand => ({
  type: 'invite',
  by,
  people: people.map(({ uid, busy = false }, i) => ({ userId: 10 + i, uid, busy })),
});

function decided(call: Call, command: CallCommand) {
  const decision = decide(call, command, 2000, WITH_ROOMS);
  if (!decision.ok) return { refusal: decision.refusal };
  const after = decision.events.reduce((value, event) => apply(value, event, 2000), call);
  return { after, events: decision.events.map((event) => event.type) };
}

const pair = () => given(placed(['bob']), 1500, answer('bob'));

describe('a call of two that gains a third, where an engine carries rooms', () => {
  it('becomes a room in place, before the third is rung', () => {
    const { after, events } = decided(pair(), invite('ann', { uid: 'cem' }));
    expect(events).toEqual(['call.upgraded', 'leg.invited']);
    expect(after).toMatchObject({ id: 'call_1', media: 'sfu', state: 'connected', isGroup: true });
  });

  it('does so once, and stays a room when two remain', () => {
    const grown = decided(pair(), invite('ann', { uid: 'cem' })).after as Call;
    expect(decided(grown, invite('bob', { uid: 'dan' })).events).toEqual(['leg.invited']);
    const joined = given(grown, 2000, answer('cem'), hangUp('cem'));
    expect(joined).toMatchObject({ media: 'sfu', state: 'connected' });
  });

  it('stays as it is when nobody can come', () => {
    const { after } = decided(pair(), invite('ann', { uid: 'cem', busy: true }));
    expect(after).toMatchObject({ media: 'p2p' });
  });

  it('stops at the limit of rooms, not of meshes', () => {
    const [c, d, e] = [{ uid: 'cem' }, { uid: 'dan' }, { uid: 'eve' }];
    expect(decided(pair(), invite('ann', c, d)).after).toBeDefined();
    expect(decided(pair(), invite('ann', c, d, e))).toEqual({ refusal: 'full' });
  });

  it('stays a mesh where no engine does', () => {
    const decision = decide(pair(), invite('ann', { uid: 'cem' }), 2000, RULES);
    expect(decision.ok && decision.events.map(({ type }) => type)).toEqual(['leg.invited']);
  });
});

describe('a group call', () => {
  const group = (rules: typeof RULES, groupId: string | null, ...uids: string[]) =>
    place(
      {
        id: 'call_1',
        kind: 'audio',
        groupId,
        caller: { userId: 1, uid: 'ann', device: 'ann-1', bound: true },
        callees: uids.map((uid, i) => ({ userId: i + 2, uid, standing: 'free' as const })),
      },
      1000,
      rules,
    ).call.media;

  it('begins as a room, a call of two does not', () => {
    expect(group(WITH_ROOMS, null, 'bob', 'cem')).toBe('sfu');
    expect(group(WITH_ROOMS, 'group_1', 'bob')).toBe('sfu');
    expect(group(WITH_ROOMS, null, 'bob')).toBe('p2p');
    expect(group(RULES, null, 'bob', 'cem')).toBe('p2p');
  });
});
