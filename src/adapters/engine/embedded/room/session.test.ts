import {
  LeaveRequest_Action as Action,
  DisconnectReason,
  LeaveRequest,
  MuteTrackRequest,
  Ping,
  RequestResponse_Reason as Reason,
  SessionDescription,
  SimulateScenario,
  ParticipantInfo_State as State,
  SyncState,
  TrackInfo,
  TrackPublishedResponse,
  TrickleRequest,
  UpdateParticipantMetadata,
  UpdateSubscription,
} from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { asking, FakeClient, settled, tell, World } from '../rooms.fixture.ts';

const offer = (id: number, sdp = 'o') =>
  ({ case: 'offer', value: new SessionDescription({ type: 'offer', sdp, id }) }) as const;

async function resume(world: World, identity: string, sid = '') {
  const client = new FakeClient();
  const session = await world.rooms.resume({
    ...asking(identity, client),
    room: 'r',
    sid,
  });
  return { client, session };
}

describe('signalling', () => {
  it('answers in the order of what was asked, also what came before the connections were there', async () => {
    const world = new World();
    const client = new FakeClient();
    const session = await world.rooms.join(asking('a', client));
    session.receive(offer(3));
    session.receive({ case: 'ping', value: 1n });
    session.receive({ case: 'pingReq', value: new Ping({ timestamp: 5n }) });
    await settled();
    expect(client.cases().slice(-3)).toEqual(['answer', 'pong', 'pongResp']);
    expect(client.last('answer')).toMatchObject({ id: 3, type: 'answer', sdp: 'answer to o' });
    expect(client.last('pongResp')).toMatchObject({ lastPingTimestamp: 5n, timestamp: BigInt(world.now) });
  });

  it('offers at once, and not to who is not to have anything', async () => {
    const world = new World();
    const { peer } = await world.join('a');
    expect(world.told).toEqual(['activated a']);
    expect(peer.did).toEqual(['start']);
    const silent = await world.join('b', { grant: { canSubscribe: false } });
    expect(silent.client.last('join').subscriberPrimary).toBe(false);
    expect(silent.peer.did).toEqual([]);
  });

  it('brings in who is offered late by whichever connection is up first', async () => {
    for (const target of [0, 1] as const) {
      const world = new World();
      const { peer } = await world.join('a', { offersLate: true });
      expect(peer.did).toEqual(['start late']);
      peer.events.state(target, 'connected');
      expect(world.events.at(-1)).toBe('participant_joined a');
      peer.events.state(target === 0 ? 1 : 0, 'connected');
      expect(world.events.filter((event) => event === 'participant_joined a')).toHaveLength(1);
    }
  });

  it('ends one session even when a part of the room cannot let it go', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b');
    const broken = () => {
      throw new Error('broken');
    };
    Object.assign(world.rooms.get('r')?.parts.subscriptions ?? {}, { left: broken, update: broken });
    await tell(a.session, { case: 'subscription', value: new UpdateSubscription() });
    expect(a.client.last('leave').action).toBe(Action.RECONNECT);
    expect(a.peer.closed).toBe(true);
    expect(b.client.knows('a')?.state).toBe(State.DISCONNECTED);
    expect(world.events.at(-1)).toBe('participant_left a');
    expect(world.failures).toEqual([
      expect.stringMatching(/^subscription of PA_\w+ in r: Error: broken$/),
      expect.stringMatching(/^the end of PA_\w+: Error: broken$/),
    ]);
  });

  it('ends one session alone when its message cannot be handled', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b');
    await tell(a.session, offer(1, 'nonsense'));
    expect(a.client.last('leave')).toMatchObject({ action: Action.RECONNECT });
    expect(a.client.ended).toBe(DisconnectReason.STATE_MISMATCH);
    expect(world.failures.length).toBe(1);
    expect(b.client.ended).toBeUndefined();
    expect(b.client.knows('a')?.state).toBe(State.DISCONNECTED);
  });

  it('takes no note of what fails because its member has left', async () => {
    const world = new World();
    const { client, session, peer } = await world.enter('a');
    const connecting = Promise.withResolvers<void>();
    peer.subscriber.answer = () => connecting.promise;
    await tell(session, {
      case: 'answer',
      value: new SessionDescription({ type: 'answer', sdp: 'o', id: 1 }),
    });
    session.leave(DisconnectReason.CLIENT_INITIATED);
    connecting.reject(new Error('its transport is gone'));
    await settled();
    expect(world.failures).toEqual([]);
    expect(client.ended).toBe(DisconnectReason.CLIENT_INITIATED);
  });

  it('refuses a candidate that is none and goes on', async () => {
    const { client, session } = await new World().enter('a');
    const said = client.got.length;
    await tell(session, {
      case: 'trickle',
      value: new TrickleRequest({ candidateInit: '{"candidate":""}' }),
    });
    expect(client.got.length).toBe(said);
    await tell(session, { case: 'trickle', value: new TrickleRequest({ candidateInit: '{' }) });
    expect(client.last('requestResponse').reason).toBe(Reason.UNCLASSIFIED_ERROR);
    expect(client.ended).toBeUndefined();
  });

  it('takes over what a member calls itself, and answers every wish', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b', { grant: { canUpdateOwnMetadata: false } });
    const wish = { name: 'New', metadata: '', attributes: { hand: 'up' }, requestId: 4 };
    await tell(a.session, { case: 'updateMetadata', value: new UpdateParticipantMetadata(wish) });
    expect(a.client.last('requestResponse')).toMatchObject({ requestId: 4, reason: Reason.OK });
    for (const { client } of [a, b]) {
      expect(client.knows('a')).toMatchObject({ name: 'New', attributes: { hand: 'up' } });
    }
    await tell(b.session, { case: 'updateMetadata', value: new UpdateParticipantMetadata(wish) });
    expect(b.client.last('requestResponse').reason).toBe(Reason.NOT_ALLOWED);
    const large = { ...wish, name: 'x'.repeat(257) };
    await tell(a.session, { case: 'updateMetadata', value: new UpdateParticipantMetadata(large) });
    expect(a.client.last('requestResponse')).toMatchObject({ reason: Reason.LIMIT_EXCEEDED });
    expect(a.client.knows('a')?.name).toBe('New');
  });

  it('hears a leave with its reason, and nothing after it', async () => {
    const world = new World();
    const { client, session } = await world.enter('a');
    session.receive({ case: 'leave', value: new LeaveRequest({ reason: DisconnectReason.USER_REJECTED }) });
    session.receive({ case: 'ping', value: 1n });
    await settled();
    expect(client.cases().at(-1)).toBe('leave');
    expect(client.ended).toBe(DisconnectReason.USER_REJECTED);
  });

  it('says that a track is unknown', async () => {
    const { client, session } = await new World().enter('a');
    await tell(session, { case: 'mute', value: new MuteTrackRequest({ sid: 'TR_none', muted: true }) });
    expect(client.last('requestResponse')).toMatchObject({
      reason: Reason.NOT_FOUND,
      request: { case: 'mute' },
    });
  });

  it('drops a session that floods', async () => {
    const world = new World();
    const { client, session } = await world.enter('a');
    for (let count = 0; count < 3000; count++) session.receive({ case: 'ping', value: 1n });
    expect(client.ended).toBe(DisconnectReason.STATE_MISMATCH);
    await settled();
    expect(client.all('pong')).toEqual([]);
  });
});

describe('a wire that is lost', () => {
  it('ends at once who never had a connection', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.join('b');
    b.session.gone();
    expect(a.client.knows('b')).toMatchObject({
      state: State.DISCONNECTED,
      disconnectReason: DisconnectReason.SIGNAL_CLOSE,
    });
    expect(world.events.at(-1)).toBe('participant_connection_aborted b');
  });

  it('is taken up again: reconnect, who left meanwhile, everybody, the room, and fresh ICE', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b');
    await world.enter('c');
    world.now += 1000;
    a.session.gone();
    b.session.leave(DisconnectReason.CLIENT_INITIATED);
    const back = await resume(world, 'a', a.session.sid);
    expect(back.session?.sid).toBe(a.session.sid);
    expect(back.client.cases()).toEqual(['reconnect', 'update', 'update', 'roomUpdate']);
    expect(back.client.last('reconnect')).toMatchObject({
      lastMessageSeq: 7,
      serverInfo: { version: '1.13.5' },
    });
    expect(back.client.knows('b')?.state).toBe(State.DISCONNECTED);
    expect(back.client.knows('a')?.state).toBe(State.ACTIVE);
    expect(a.peer.did).toEqual(['start', 'restart']);
    expect(world.told.at(-1)).toBe('activated a');
    // What the old wire still says is nobody's.
    const got = back.client.got.length;
    await tell(a.session, { case: 'ping', value: 1n });
    a.session.gone();
    expect(back.client.got.length).toBe(got);
    world.pass(60);
    expect(back.client.ended).toBeUndefined();
  });

  it('is replaced while it still seems to be there', async () => {
    const world = new World();
    const a = await world.enter('a');
    const back = await resume(world, 'a');
    expect(a.client.ended).toBe(0);
    expect(back.session).toBeDefined();
  });

  it('is not taken up by another session, after a removal, or when the member has left', async () => {
    const world = new World();
    await world.enter('a');
    expect((await resume(world, 'a', 'PA_other')).session).toBeUndefined();
    expect((await resume(world, 'b')).session).toBeUndefined();
    world.removed.set('r/a', world.now + 1);
    expect((await resume(world, 'a')).session).toBeUndefined();
  });

  it('ends its member within 30 s, although media seems to flow', async () => {
    const world = new World();
    const a = await world.enter('a');
    a.session.gone();
    world.pass(27);
    expect(world.rooms.get('r')?.byIdentity('a')).toBeDefined();
    world.pass(2);
    expect(world.rooms.get('r')?.byIdentity('a')).toBeUndefined();
  });

  it('leaves a client without pings time to come back', async () => {
    const world = new World();
    const a = await world.enter('a');
    world.pass(100);
    a.session.gone();
    world.pass(6);
    expect((await resume(world, 'a')).session).toBeDefined();
  });

  it('begins anew when the client publishes what is not known here', async () => {
    const world = new World();
    const a = await world.enter('a');
    const back = await resume(world, 'a', a.session.sid);
    const track = new TrackInfo({ sid: 'TR_unknown' });
    const publishTracks = [new TrackPublishedResponse({ cid: 'c', track })];
    if (!back.session) throw new Error('not resumed');
    await tell(back.session, { case: 'syncState', value: new SyncState({ publishTracks }) });
    expect(back.client.last('leave')).toMatchObject({
      action: Action.RECONNECT,
      reason: DisconnectReason.STATE_MISMATCH,
    });
    expect(world.told).not.toContain('synced a');
  });

  it('fails as often as the client asked for', async () => {
    const world = new World();
    const a = await world.enter('a');
    const asked = (scenario: SimulateScenario['scenario']) =>
      ({ case: 'simulate', value: new SimulateScenario({ scenario }) }) as const;
    await tell(a.session, asked({ case: 'disconnectSignalOnResume', value: true }));
    const first = await resume(world, 'a');
    expect(first.client.cases()[0]).toBe('reconnect');
    expect(first.client.ended).toBe(0);
    const second = await resume(world, 'a');
    expect(second.client.ended).toBeUndefined();
    if (!second.session) throw new Error('not resumed');
    await tell(second.session, asked({ case: 'disconnectSignalOnResumeNoMessages', value: true }));
    expect((await resume(world, 'a')).client.got).toEqual([]);
    expect((await resume(world, 'a')).client.cases()[0]).toBe('reconnect');
  });
});

describe('connections', () => {
  it('that never come up end the member after a minute', async () => {
    const world = new World();
    const { client } = await world.join('a');
    world.pass(59);
    expect(client.ended).toBeUndefined();
    world.pass(1);
    expect(client.last('leave').reason).toBe(DisconnectReason.JOIN_FAILURE);
  });

  it('that break are given 5 s, and the client is asked to resume', async () => {
    const world = new World();
    const a = await world.enter('a');
    a.peer.events.state(1, 'disconnected');
    expect(a.client.last('leave').action).toBe(Action.RESUME);
    world.pass(4);
    const back = await resume(world, 'a');
    world.pass(4);
    a.peer.events.state(1, 'connected');
    world.pass(60);
    expect(back.client.ended).toBeUndefined();
    a.peer.events.state(0, 'connected');
    a.peer.events.state(0, 'failed');
    world.pass(5);
    expect(world.rooms.get('r')?.byIdentity('a')).toBeUndefined();
    expect(world.events.at(-1)).toBe('participant_left a');
  });

  it('that break when the wire has long been gone end the member at once', async () => {
    const world = new World();
    const a = await world.enter('a');
    a.session.gone();
    world.pass(10);
    a.peer.events.state(1, 'disconnected');
    world.pass(1);
    expect(world.rooms.get('r')?.byIdentity('a')).toBeUndefined();
  });

  it('are limited as the client asks to have it simulated', async () => {
    const world = new World();
    const { session } = await world.enter('a');
    const scenario = { case: 'subscriberBandwidth', value: 200_000n } as const;
    await tell(session, { case: 'simulate', value: new SimulateScenario({ scenario }) });
    expect(world.plane.peers.at(-1)?.did).toContain('limit 200000');
  });

  it('are simulated to fail with their node: nothing is said, and there is nothing to resume', async () => {
    const world = new World();
    const { client, session } = await world.enter('a');
    const scenario = { case: 'nodeFailure', value: true } as const;
    await tell(session, { case: 'simulate', value: new SimulateScenario({ scenario }) });
    expect(client.cases()).not.toContain('leave');
    expect(client.ended).toBe(DisconnectReason.SERVER_SHUTDOWN);
    expect((await resume(world, 'a')).session).toBeUndefined();
  });
});
