import { describe, expect, it } from 'vitest';
import type { CallView } from './call-view.ts';
import type { Call, EndReason } from './sdk.ts';
import { toneFor } from './tone-for.ts';

const view = (
  state: CallView['state'],
  direction: CallView['direction'] = 'outgoing',
  endReason?: EndReason,
): CallView => ({
  id: 'c',
  // Only the reason is read of a call.
  ...(endReason ? { call: { endReason } as Call } : {}),
  kind: 'audio',
  direction,
  isGroup: false,
  peer: { uid: 'bob', name: 'Bob', avatarUrl: null },
  people: [],
  state,
  muted: false,
  videoOn: false,
  sharing: false,
});

describe('toneFor', () => {
  it('rings for an incoming call, but not into a conversation', () => {
    const ring = view('incoming', 'incoming');
    expect(toneFor([ring], undefined)).toBe('ringtone');
    expect(toneFor([ring], view('ended'))).toBe('ringtone');
    expect(toneFor([ring], view('connected'))).toBeUndefined();
  });

  it('plays ringback only when the other side has begun to ring', () => {
    expect(toneFor([], view('calling'))).toBeUndefined();
    expect(toneFor([], view('ringing'))).toBe('ringback');
    expect(toneFor([], view('connecting', 'incoming'))).toBeUndefined();
  });

  it('plays the busy tone to a caller who was not taken, not after a talk', () => {
    for (const reason of ['busy', 'rejected', 'missed', 'unavailable'] as const) {
      expect(toneFor([], view('ended', 'outgoing', reason)), reason).toBe('busy');
    }
    expect(toneFor([], view('ended', 'outgoing', 'hung_up'))).toBeUndefined();
    expect(toneFor([], view('ended', 'incoming', 'rejected'))).toBeUndefined();
  });
});
