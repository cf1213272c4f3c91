import { describe, expect, it } from 'vitest';
import { apply } from '../../core/calls/apply.ts';
import type { CallCommand } from '../../core/calls/commands.ts';
import { decide } from '../../core/calls/decide.ts';
import type { Call, CallChange, CallEvent, Transient } from '../../core/calls/index.ts';
import { place } from '../../core/calls/place.ts';
import { deliveriesOf, shownPeople } from './deliveries.ts';

const RULES = { ringMs: 45_000, graceMs: 20_000, maxMs: 3_600_000, meshLimit: 6, roomLimit: 0 };
const NOW = Date.UTC(2025, 10, 9, 15);
const IDS: Record<string, number> = { ann: 1, bob: 2, cid: 3, dan: 4 };
const names = Object.fromEntries(Object.entries(IDS).map(([name, id]) => [id, name]));

type Standing = 'free' | 'busy' | 'unreachable';

function begin(callees: Record<string, Standing>, transient: Transient = {}): CallChange {
  const placed = place(
    {
      id: 'call_1',
      kind: 'video',
      groupId: null,
      caller: { userId: 1, uid: 'ann', device: 'a1', bound: true },
      callees: Object.entries(callees).map(([uid, standing]) => ({ userId: IDS[uid] ?? 0, uid, standing })),
    },
    NOW,
    RULES,
  );
  return { ...placed, at: NOW, transient: { by: 'ann', device: 'a1', ...transient } };
}

function then(
  { call }: { call: Call },
  command: CallCommand,
  transient: Transient = {},
  at = NOW,
): CallChange {
  const decision = decide(call, command, at, RULES);
  if (!decision.ok) throw new Error(decision.refusal);
  const after = decision.events.reduce((value: Call, event: CallEvent) => apply(value, event, at), call);
  return { call: after, events: decision.events, at, transient };
}

/** Who is told what, in short: `bob call:hang_up cancelled`, `cid@c1` for one device, `cid-c1` for all but one. */
function told(change: CallChange): string[] {
  return deliveriesOf(change, (id) => ({ id, username: names[id] ?? '', avatar: '' })).map((delivery) => {
    const { userId, only, except, frame } = delivery;
    const where = `${names[userId]}${only === undefined ? '' : `@${only}`}${except === undefined ? '' : `-${except}`}`;
    const data = frame.data as { reason?: string; uid?: string; state?: string; senderId?: string };
    const what = data.reason ?? (data.uid === undefined ? undefined : `${data.uid} ${data.state}`);
    return [where, frame.type, what].filter(Boolean).join(' ');
  });
}

const answer = (by: string, device: string): CallCommand => ({ type: 'answer', by, device, bound: true });
const from = (by: string, device?: string): Transient => ({
  by,
  ...(device === undefined ? {} : { device }),
});

describe('a call of two', () => {
  const placed = begin({ bob: 'free' }, { offer: { sdp: 'o' }, conversationId: 'c' });
  const ringing = then(placed, { type: 'ring', by: 'bob' });
  const connected = then(ringing, answer('bob', 'b1'), { ...from('bob', 'b1'), answer: { sdp: 'a' } });

  it('rings', () => {
    expect(told(placed)).toEqual(['bob call:offer']);
    expect(told(ringing)).toEqual(['ann call:ringing']);
    expect(deliveriesOf(placed, (id) => ({ id, username: 'Ann', avatar: '' }))[0]?.frame).toEqual({
      type: 'call:offer',
      data: {
        callId: 'call_1',
        senderId: 'ann',
        senderInfo: { id: 1, username: 'Ann', avatar: '' },
        offer: { sdp: 'o' },
        conversationId: 'c',
        callType: 'video',
        timestamp: '2025-11-09T15:00:00.000Z',
      },
    });
  });

  it('is answered', () => {
    expect(told(connected)).toEqual([
      'ann call:answer',
      'bob@b1 call:accepted',
      'bob-b1 call:answered_elsewhere',
    ]);
  });

  it('is busy, or nobody is there: the asking device hears it', () => {
    expect(told(begin({ bob: 'busy' }))).toEqual(['ann@a1 call:busy']);
    expect(told(begin({ bob: 'unreachable' }))).toEqual(['ann@a1 call:not_available']);
  });

  it('is refused', () => {
    const reject: CallCommand = { type: 'reject', by: 'bob', reason: 'declined' };
    expect(told(then(ringing, reject, from('bob', 'b1')))).toEqual([
      'ann call:reject rejected',
      'bob-b1 call:rejected_elsewhere',
    ]);
    const busy: CallCommand = { type: 'reject', by: 'bob', reason: 'busy' };
    expect(told(then(ringing, busy, { ...from('bob', 'b1'), saidBusy: true }))[0]).toBe('ann call:busy');
    expect(told(then(ringing, busy, from('bob', 'b1')))[0]).toBe('ann call:reject busy');
    const noAnswer: CallCommand = { type: 'reject', by: 'bob', reason: 'no_answer' };
    expect(told(then(ringing, noAnswer, from('bob')))).toEqual(['bob call:timeout', 'ann call:timeout']);
  });

  it('is cancelled; by another device of the caller, its own device hears it too', () => {
    const cancel: CallCommand = { type: 'cancel', by: 'ann' };
    expect(told(then(ringing, cancel, from('ann', 'a1')))).toEqual(['bob call:hang_up cancelled']);
    expect(told(then(ringing, cancel, from('ann', 'rest')))).toEqual([
      'ann@a1-rest call:hang_up cancelled',
      'bob call:hang_up cancelled',
    ]);
  });

  it('times out, by the clock or by a caller who gives up', () => {
    expect(told(then(ringing, { type: 'expire' }, {}, NOW + 46_000))).toEqual([
      'bob call:timeout',
      'ann call:timeout',
    ]);
    const giveUp: CallCommand = { type: 'hangUp', by: 'ann', reason: 'timeout' };
    expect(told(then(ringing, giveUp, from('ann', 'a1')))).toEqual(['bob call:hang_up timeout']);
  });

  it('ends: the other side hears the reason, the leaver’s device only if it was not the one to say so', () => {
    const hangUp: CallCommand = { type: 'hangUp', by: 'bob', reason: 'error' };
    expect(told(then(connected, hangUp, from('bob', 'b1')))).toEqual(['ann@a1 call:hang_up error']);
    expect(told(then(connected, hangUp, from('bob', 'rest')))).toEqual([
      'bob@b1-rest call:hang_up error',
      'ann@a1 call:hang_up error',
    ]);
  });

  it('ends when somebody is lost', () => {
    const lost = then(connected, { type: 'lose', by: 'ann', device: 'a1' });
    expect(told(lost)).toEqual([]);
    expect(told(then(lost, { type: 'expire' }, {}, NOW + 21_000))).toEqual([
      'ann@a1 call:hang_up lost',
      'bob@b1 call:hang_up lost',
    ]);
  });

  it('mute is told to the other side', () => {
    expect(told(then(connected, { type: 'media', by: 'bob', muted: true }))).toEqual([
      'ann call:media_state',
    ]);
  });

  it('people are looked up only where a frame shows them', () => {
    expect(shownPeople(placed)).toEqual([1]);
    expect(shownPeople(ringing)).toEqual([]);
    expect(shownPeople(connected)).toEqual([2]);
  });
});

describe('a group call', () => {
  const placed = begin({ bob: 'free', cid: 'free', dan: 'busy' });
  const one = then(placed, answer('bob', 'b1'), from('bob', 'b1'));
  const two = then(one, answer('cid', 'c1'), from('cid', 'c1'));

  it('everybody engaged hears of everybody’s part', () => {
    expect(told(placed)).toEqual([
      'bob call:offer',
      'cid call:offer',
      'ann@a1 call:busy',
      'ann call:participant dan busy',
      'bob call:participant dan busy',
      'cid call:participant dan busy',
    ]);
    expect(told(one)).toEqual([
      'ann call:answer',
      'bob@b1 call:accepted',
      'bob-b1 call:answered_elsewhere',
      'ann call:participant bob joined',
      'cid call:participant bob joined',
    ]);
  });

  it('goes on without one, ends without two', () => {
    const left = then(two, { type: 'leave', by: 'ann' }, from('ann', 'a1'));
    expect(told(left)).toEqual(['bob call:participant ann left', 'cid call:participant ann left']);
    expect(told(then(left, { type: 'hangUp', by: 'bob', reason: 'normal' }, from('bob', 'b1')))).toEqual([
      'cid@c1 call:hang_up normal',
    ]);
  });

  it('somebody asked in by another hears who it is, and that one hears the answer', () => {
    const dan = { userId: 4, uid: 'dan', busy: false };
    const invited = then(two, { type: 'invite', by: 'bob', people: [dan] }, from('bob', 'b1'));
    expect(told(invited)).toEqual([
      'dan call:offer',
      'ann call:participant dan invited',
      'bob call:participant dan invited',
      'cid call:participant dan invited',
    ]);
    const [offer] = deliveriesOf(invited, (id) => ({ id, username: names[id] ?? '', avatar: '' }));
    expect(offer?.frame.data).toMatchObject({
      senderId: 'bob',
      senderInfo: { username: 'bob' },
      invited: true,
    });
    const again = then(two, { type: 'invite', by: 'ann', people: [dan] }, from('ann', 'a1'));
    const [byCaller] = deliveriesOf(again, (id) => ({ id, username: names[id] ?? '', avatar: '' }));
    expect(byCaller?.frame.data).toMatchObject({ senderId: 'ann', invited: true });
    expect(told(then(invited, { type: 'ring', by: 'dan' }))[0]).toBe('bob call:ringing');
    expect(told(then(invited, answer('dan', 'd1'), from('dan', 'd1')))[0]).toBe('bob call:answer');
  });

  it('that nobody answers: the caller hears it once, and that it is over', () => {
    expect(told(then(placed, { type: 'expire' }, {}, NOW + 46_000))).toEqual([
      'bob call:timeout',
      'ann call:timeout',
      'cid call:timeout',
      'ann@a1 call:hang_up timeout',
    ]);
  });
});
