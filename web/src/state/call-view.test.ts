import { describe, expect, it } from 'vitest';
import { callName, groupWord, isStage, present, viewOf } from './call-view.ts';
import type { Call, Participant } from './sdk.ts';

const someone = (uid: string, change: Partial<Participant> = {}): Participant => ({
  person: { uid, name: uid, avatarUrl: null },
  state: 'joined',
  muted: false,
  videoOn: false,
  sharing: false,
  quality: 'good',
  ...change,
});

/** What the SDK's call shows of itself; its doings are tested where they live. */
const call = (change: Partial<Call>, people: Participant[] = [someone('bob')]): Call =>
  ({
    id: 'call_1',
    kind: 'audio',
    direction: 'outgoing',
    state: 'connected',
    isGroup: false,
    peer: { uid: 'bob', name: 'bob', avatarUrl: null },
    participants: new Map(people.map((p) => [p.person.uid, p])),
    muted: false,
    videoOn: false,
    sharing: false,
    ...change,
  }) as Call;

describe('viewOf', () => {
  it('says why a call ended and how long it was', () => {
    const connectedAt = new Date(1_000_000);
    const view = viewOf(call({ state: 'ended', endReason: 'hung_up', connectedAt }), 1_000_000 + 65_900);
    expect(view.end).toEqual({ key: 'call.ended', seconds: 65, redial: true });
  });

  it('offers no second try where calling is not allowed, and no length where nobody answered', () => {
    const view = viewOf(call({ state: 'ended', endReason: 'not_allowed' }));
    expect(view.end).toEqual({ key: 'call.notAllowed', seconds: undefined, redial: false });
  });

  it('gives people the names they are known by', () => {
    const view = viewOf(call({}), undefined, (p) => ({ ...p, name: `${p.name}!` }));
    expect([view.peer.name, view.people[0]?.person.name]).toEqual(['bob!', 'bob!']);
  });

  it('is a picture: later changes of the call do not show in it', () => {
    const bob = someone('bob');
    const view = viewOf(call({}, [bob]));
    bob.muted = true;
    expect(view.people[0]?.muted).toBe(false);
  });
});

describe('present', () => {
  it('gives tiles to whoever is there or being called', () => {
    const states = ['joined', 'ringing', 'invited', 'left', 'busy', 'rejected', 'missed'] as const;
    const view = viewOf(
      call(
        {},
        states.map((state) => someone(state, { state })),
      ),
    );
    expect(present(view).map((p) => p.person.uid)).toEqual(['joined', 'ringing', 'invited']);
  });
});

describe('isStage', () => {
  it('is dark as soon as anybody shows a picture', () => {
    expect(isStage(viewOf(call({})))).toBe(false);
    expect(isStage(viewOf(call({ videoOn: true })))).toBe(true);
    expect(isStage(viewOf(call({}, [someone('bob', { videoOn: true })])))).toBe(true);
    expect(isStage(viewOf(call({ kind: 'video' })))).toBe(true);
  });
});

describe('callName', () => {
  const view = viewOf(call({ groupId: 'g1', isGroup: true }, [someone('bob'), someone('cy')]));

  it('is the name of its group once that is known', () => {
    const groups = [{ id: 'g1', name: 'Team', owner: null, members: [] }];
    expect(callName(view, groups)).toBe('Team');
    expect(callName(view, undefined)).toBe('bob +1');
  });

  it('of an ended call still says how many there were', () => {
    const people = [someone('bob', { state: 'left' }), someone('cy', { state: 'left' })];
    expect(callName(viewOf(call({ state: 'ended', isGroup: true }, people)), [])).toBe('bob +1');
  });
});

describe('groupWord', () => {
  it('tells a call that begins from one that goes on', () => {
    expect(groupWord(viewOf(call({ invited: false })))).toBe('call.inGroup');
    expect(groupWord(viewOf(call({ invited: true })))).toBe('call.invited');
    // Whoever began the call asks in without saying so: somebody else is there already.
    expect(groupWord(viewOf(call({}, [someone('bob'), someone('cy')])))).toBe('call.invited');
    const ringing = someone('cy', { state: 'ringing' });
    expect(groupWord(viewOf(call({}, [someone('bob'), ringing])))).toBe('call.inGroup');
  });
});
