import { describe, expect, it } from 'vitest';
import { durationS, legDurationS, legOf } from './call.ts';
import { answer, given, hangUp, legs, placed, RULES, tryOn } from './machine.fixture.ts';

describe('rule 1: exactly one device of each person wins', () => {
  it('connects by the first device and tells a second one that it was answered elsewhere', () => {
    const call = given(placed(['bob']), 2000, { type: 'ring', by: 'bob' }, answer('bob', 'phone'));
    expect(call.state).toBe('connected');
    expect(legOf(call, 'bob')?.device).toBe('phone');
    expect(tryOn(call, answer('bob', 'laptop'))).toEqual({ ok: false, refusal: 'answered_elsewhere' });
  });

  it('answers a repeat as the first time and changes nothing', () => {
    const call = given(placed(['bob']), 2000, answer('bob'));
    expect(tryOn(call, answer('bob'))).toEqual({ ok: true, events: [], repeat: true });
  });

  it.each([
    ['answer after cancel', given(placed(['bob']), 1500, { type: 'cancel', by: 'ann' }), answer('bob')],
    [
      'cancel after answer',
      given(placed(['bob']), 1500, answer('bob')),
      { type: 'cancel', by: 'ann' } as const,
    ],
    [
      'answer after reject',
      given(placed(['bob']), 1500, { type: 'reject', by: 'bob', reason: 'declined' }),
      answer('bob'),
    ],
    [
      'hang-up after the other one hung up',
      given(placed(['bob']), 1500, answer('bob'), hangUp('ann')),
      hangUp('bob'),
    ],
  ])('refuses %s', (_, call, command) => {
    expect(tryOn(call, command)).toEqual({ ok: false, refusal: 'over' });
  });

  it.each([
    ['reject', { type: 'reject', by: 'bob', reason: 'declined' } as const],
    ['cancel', { type: 'cancel', by: 'ann' } as const],
    ['hang-up', hangUp('ann')],
    ['hang-up of the callee', hangUp('bob')],
  ])('takes a repeated %s', (_, command) => {
    expect(tryOn(given(placed(['bob']), 1500, command), command)).toMatchObject({ ok: true, repeat: true });
  });

  it('lets nobody answer for the caller, and strangers not at all', () => {
    const call = placed(['bob']);
    expect(tryOn(call, answer('ann'))).toEqual({ ok: false, refusal: 'not_yours' });
    expect(tryOn(call, answer('eve'))).toEqual({ ok: false, refusal: 'not_in_call' });
    expect(tryOn(call, { type: 'cancel', by: 'bob' })).toEqual({ ok: false, refusal: 'not_yours' });
  });
});

describe('rule 2: every call ends', () => {
  it('is missed when the ringing time has passed, not before', () => {
    const call = placed(['bob']);
    expect(tryOn(call, { type: 'expire' }, 1000 + RULES.ringMs - 1)).toMatchObject({ ok: true, events: [] });
    const missed = given(call, 1000 + RULES.ringMs, { type: 'expire' });
    expect(missed).toMatchObject({ state: 'missed', endReason: 'timeout', endedAt: 46_000 });
    expect(legs(missed)).toEqual({ ann: 'left/ended', bob: 'missed/timeout' });
  });

  it('ends after the grace when a device stays away, and goes on when it comes back', () => {
    const connected = given(placed(['bob']), 2000, answer('bob'));
    const lost = given(connected, 3000, { type: 'lose', by: 'bob', device: 'bob-1' });
    expect(tryOn(lost, { type: 'expire' }, 3000 + RULES.graceMs - 1)).toMatchObject({ events: [] });
    const gone = given(lost, 3000 + RULES.graceMs, { type: 'expire' });
    expect(gone).toMatchObject({ state: 'ended', endReason: 'lost' });
    const back = given(lost, 4000, { type: 'bind', by: 'bob', device: 'bob-1' });
    expect(tryOn(back, { type: 'expire' }, 3000 + RULES.graceMs)).toMatchObject({ events: [] });
  });

  it('gives grace only to the device that is in the call', () => {
    const connected = given(placed(['bob']), 2000, answer('bob'));
    expect(tryOn(connected, { type: 'lose', by: 'bob', device: 'other' })).toMatchObject({ events: [] });
  });

  it('begins a grace anew when the server restarts', () => {
    const lost = given(placed(['bob']), 2000, answer('bob'), { type: 'lose', by: 'bob', device: 'bob-1' });
    const anew = given(lost, 9000, { type: 'lose', by: 'bob', device: 'bob-1', anew: true });
    expect(legOf(anew, 'bob')?.deadlineAt).toBe(9000 + RULES.graceMs);
  });

  it('is cancelled when the caller is gone while it rings', () => {
    const lost = given(placed(['bob']), 2000, { type: 'lose', by: 'ann', device: 'ann-1' });
    expect(given(lost, 2000 + RULES.graceMs, { type: 'expire' })).toMatchObject({
      state: 'cancelled',
      endReason: 'lost',
    });
  });

  it('ends a call over REST alone after the greatest duration', () => {
    const caller = { userId: 1, uid: 'ann', device: 'jti', bound: false };
    const call = given(placed(['bob'], { caller }), 2000, answer('bob'));
    expect(given(call, 1000 + RULES.maxMs, { type: 'expire' })).toMatchObject({
      state: 'ended',
      endReason: 'max_duration',
    });
  });

  it("is missed, not cancelled, when the caller's side gives up by timeout", () => {
    const call = given(placed(['bob']), 2000, hangUp('ann', 'timeout'));
    expect(call.state).toBe('missed');
    expect(legs(call)).toEqual({ ann: 'left/timeout', bob: 'missed/timeout' });
    expect(given(placed(['bob']), 2000, hangUp('ann')).state).toBe('cancelled');
  });

  it('is missed when the callee rejects for want of an answer', () => {
    expect(given(placed(['bob']), 2000, { type: 'reject', by: 'bob', reason: 'no_answer' }).state).toBe(
      'missed',
    );
  });
});

describe('rule 3: busy is in both histories at once', () => {
  it('rejects a call to somebody busy and sets the caller free', () => {
    const call = placed([{ userId: 2, uid: 'bob', standing: 'busy' }]);
    expect(call).toMatchObject({ state: 'rejected', endReason: 'busy', endedAt: 1000 });
    expect(legs(call)).toEqual({ ann: 'left/ended', bob: 'busy/busy' });
  });

  it('rings the others of a group call when one is busy', () => {
    const call = placed([
      { userId: 2, uid: 'bob', standing: 'busy' },
      { userId: 3, uid: 'cid', standing: 'free' },
    ]);
    expect(call.state).toBe('calling');
    expect(legs(call)).toEqual({ ann: 'joined', bob: 'busy/busy', cid: 'invited' });
  });

  it('has missed a call that could not be delivered', () => {
    const call = placed([{ userId: 2, uid: 'bob', standing: 'unreachable' }]);
    expect(call).toMatchObject({ state: 'missed', endReason: 'unavailable' });
  });
});

describe('rule 5: ringing is when the first device has been sent the call', () => {
  it('rings once', () => {
    const call = given(placed(['bob']), 2000, { type: 'ring', by: 'bob' });
    expect(call.state).toBe('ringing');
    expect(tryOn(call, { type: 'ring', by: 'bob' })).toMatchObject({ ok: true, events: [] });
  });
});

describe('rule 6: calls grow and shrink', () => {
  const invite = (by: string, ...uids: string[]) =>
    ({ type: 'invite', by, people: uids.map((uid, i) => ({ userId: 10 + i, uid, busy: false })) }) as const;

  it('goes on while two remain and ends when one is left', () => {
    const three = given(placed(['bob', 'cid']), 2000, answer('bob'), answer('cid'));
    const two = given(three, 3000, { type: 'leave', by: 'ann' });
    expect(two.state).toBe('connected');
    expect(given(two, 4000, hangUp('cid'))).toMatchObject({ state: 'ended', endedAt: 4000 });
  });

  it('rings somebody invited, who may answer or come in by joining', () => {
    const call = given(placed(['bob']), 2000, answer('bob'), invite('bob', 'cid', 'dee'));
    expect(call.isGroup).toBe(true);
    expect(legOf(call, 'cid')).toMatchObject({
      state: 'invited',
      invitedBy: 'bob',
      deadlineAt: 47_000,
      place: 2,
    });
    const joined = given(call, 3000, answer('cid'), {
      type: 'join',
      by: 'dee',
      userId: 11,
      device: 'd',
      bound: true,
      allowed: false,
    });
    expect(legs(joined)).toEqual({ ann: 'joined', bob: 'joined', cid: 'joined', dee: 'joined' });
  });

  it('rings its caller, who left and is asked back in, like anybody else', () => {
    const left = given(placed(['bob', 'cid']), 2000, answer('bob'), answer('cid'), hangUp('ann'));
    const asked = given(left, 3000, {
      type: 'invite',
      by: 'bob',
      people: [{ userId: 1, uid: 'ann', busy: false }],
    });
    expect(legOf(asked, 'ann')).toMatchObject({ state: 'invited', invitedBy: 'bob', place: 0 });
    expect(legs(given(asked, 4000, answer('ann', 'ann-2')))).toMatchObject({ ann: 'joined' });
    expect(legs(given(asked, 4000, hangUp('ann')))).toMatchObject({ ann: 'rejected/declined' });
  });

  it('marks an invited busy person and rings nobody', () => {
    const call = given(placed(['bob']), 2000, answer('bob'), {
      type: 'invite',
      by: 'ann',
      people: [{ userId: 9, uid: 'cid', busy: true }],
    });
    expect(legs(call).cid).toBe('busy/busy');
    expect(call.state).toBe('connected');
  });

  it('takes a repeated invitation, refuses one by somebody who is not in, and stops at the mesh', () => {
    const call = given(placed(['bob']), 2000, answer('bob'), invite('ann', 'cid'));
    expect(tryOn(call, invite('ann', 'cid'))).toMatchObject({ ok: true, repeat: true });
    expect(tryOn(call, invite('cid', 'dee'))).toEqual({ ok: false, refusal: 'not_yours' });
    expect(tryOn(call, invite('ann', 'd', 'e', 'f', 'g'))).toEqual({ ok: false, refusal: 'full' });
  });

  it('admits members of its group, people who left, and nobody else', () => {
    const call = given(placed(['bob', 'cid']), 2000, answer('bob'), answer('cid'), {
      type: 'leave',
      by: 'cid',
    });
    const join = (by: string, allowed: boolean) =>
      ({ type: 'join', by, userId: 20, device: 'x', bound: true, allowed }) as const;
    expect(tryOn(call, join('eve', false))).toEqual({ ok: false, refusal: 'not_yours' });
    expect(legs(given(call, 3000, join('eve', true), join('cid', false)))).toMatchObject({
      eve: 'joined',
      cid: 'joined',
    });
  });

  it.each([
    ['cancelled if its caller ended it', [{ type: 'cancel', by: 'ann' }], 'cancelled'],
    [
      'missed if anybody missed it',
      [{ type: 'reject', by: 'bob', reason: 'declined' }, { type: 'expire' }],
      'missed',
    ],
    [
      'else rejected',
      [
        { type: 'reject', by: 'bob', reason: 'declined' },
        { type: 'reject', by: 'cid', reason: 'declined' },
      ],
      'rejected',
    ],
  ] as const)('a group call nobody answered is %s', (_, commands, state) => {
    expect(given(placed(['bob', 'cid']), 46_000, ...commands).state).toBe(state);
  });
});

describe('rule 7: duration is connected time in whole seconds', () => {
  it('counts from the connection, for one person from their joining', () => {
    const call = given(
      given(given(placed(['bob', 'cid']), 2000, answer('bob')), 4500, answer('cid')),
      9999,
      hangUp('cid'),
      hangUp('ann'),
    );
    expect(durationS(call, 50_000)).toBe(7);
    const cid = legOf(call, 'cid');
    expect(cid && legDurationS(call, cid, 50_000)).toBe(5);
    expect(durationS(placed(['bob']), 50_000)).toBe(0);
  });
});

describe('media of a leg', () => {
  const mute = { type: 'media', by: 'bob', muted: true } as const;
  it('changes for who is in the call, once', () => {
    const call = given(placed(['bob']), 2000, answer('bob'), mute);
    expect(legOf(call, 'bob')).toMatchObject({ muted: true, videoOn: true });
    expect(tryOn(call, mute)).toMatchObject({ repeat: true });
  });
  it('is refused before the answer and after the end', () => {
    expect(tryOn(placed(['bob']), mute)).toEqual({ ok: false, refusal: 'not_yours' });
    expect(tryOn(given(placed(['bob']), 2000, { type: 'cancel', by: 'ann' }), mute)).toEqual({
      ok: false,
      refusal: 'over',
    });
  });
});
