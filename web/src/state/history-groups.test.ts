import { describe, expect, it } from 'vitest';
import { endWord, groupRuns, isMissed, type PastCall } from './history-groups.ts';

let n = 0;
const past = (change: Partial<PastCall> = {}): PastCall => ({
  id: `call_${++n}`,
  kind: 'audio',
  outgoing: true,
  uid: 'bob',
  name: 'Bob',
  avatarUrl: null,
  calleeIds: ['bob'],
  status: 'ended',
  duration: 5,
  at: new Date(2026, 2, 4, 12, n),
  ...change,
});

describe('groupRuns', () => {
  it('groups calls with one person that follow each other', () => {
    const runs = groupRuns([past(), past(), past({ uid: 'eve', calleeIds: ['eve'] }), past()]);
    expect(runs.map((r) => r.calls.length)).toEqual([2, 1, 1]);
  });

  it('does not mix directions, missed and answered, days or groups', () => {
    const incoming = { outgoing: false, calleeIds: ['me'] };
    const runs = groupRuns([
      past(),
      past(incoming),
      past({ ...incoming, status: 'missed' }),
      past({ ...incoming, status: 'missed', at: new Date(2026, 2, 3) }),
      past({ ...incoming, status: 'missed', at: new Date(2026, 2, 3), groupId: 'g1' }),
    ]);
    expect(runs.map((r) => r.calls.length)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('endWord', () => {
  it('has a word for every ending, from the side that looks', () => {
    const say = (outgoing: boolean, status: string, reason?: string) =>
      endWord(past({ outgoing, status, ...(reason ? { reason } : {}) }));
    expect(say(true, 'ended')).toBeUndefined();
    expect(say(true, 'missed')).toBe('call.noAnswer');
    expect(say(true, 'missed', 'unavailable')).toBe('call.offline');
    expect(say(true, 'rejected')).toBe('call.declined');
    expect(say(true, 'rejected', 'busy')).toBe('call.busy');
    expect(say(true, 'cancelled')).toBe('call.cancelled');
    expect(say(false, 'cancelled')).toBe('call.missed');
    expect(say(false, 'missed')).toBe('call.missed');
    expect(say(false, 'rejected')).toBe('call.youDeclined');
    expect(say(false, 'rejected', 'busy')).toBe('call.missed');
  });

  it('counts as missed what rang here and was not answered', () => {
    expect(isMissed(past({ outgoing: false, status: 'cancelled' }))).toBe(true);
    expect(isMissed(past({ outgoing: true, status: 'missed' }))).toBe(false);
  });
});
