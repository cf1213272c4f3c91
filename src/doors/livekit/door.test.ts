import {
  DisconnectReason,
  LeaveRequest_Action,
  ParticipantInfo_Kind,
  Ping,
  SignalRequest,
  UpdateSubscription,
} from '@livekit/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ParleyError } from '../../core/errors.ts';
import type { JoinAsked } from '../../core/media/index.ts';
import { KEY, START } from '../../core/users/people.fixture.ts';
import type { FakeSession, LiveKitWorld } from './livekit.fixture.ts';
import { Client, liveKitWorld } from './livekit.fixture.ts';

const JOIN = { roomJoin: true, room: 'r' };

let world: LiveKitWorld;
beforeEach(async () => {
  world = await liveKitWorld();
});
afterEach(() => world.close());

const until = <T>(look: () => T) => vi.waitFor(look, { interval: 5 });
const refusal = (client: Client) =>
  client.opened.then(
    () => 'opened',
    (error: Error) => error.message,
  );
/** In, with a session. */
async function inside(query: Record<string, string> = {}, video = {}): Promise<[Client, FakeSession]> {
  const client = world.connect(await world.token({ ...JOIN, ...video }), query);
  await client.opened;
  return [client, world.sessions.at(-1) as FakeSession];
}

describe('who comes in', () => {
  it('is asked for as the token and the query say, and hears `join` first', async () => {
    const token = await world.token(
      { ...JOIN, canPublish: false, canPublishSources: ['camera'], hidden: true },
      { name: 'Ann', metadata: 'm', attributes: { a: '1' }, kind: 'agent', nbf: START / 1000 - 5 },
    );
    const client = world.connect(token, {
      auto_subscribe: 'false',
      adaptive_stream: '1',
      sdk: 'go',
      protocol: '17',
      version: '2.0.0',
      device_model: 'Xiaomi 2201117TI',
      os: 'android',
    });
    await client.opened;
    await until(() => expect(client.heard[0]?.case).toBe('join'));
    expect(world.sessions[0]?.asked).toMatchObject({
      identity: 'ann',
      name: 'Ann',
      metadata: 'm',
      attributes: { a: '1' },
      kind: ParticipantInfo_Kind.AGENT,
      issuedAt: START - 5000,
      autoSubscribe: false,
      adaptiveStream: true,
      singlePeer: false,
      client: { protocol: 17, version: '2.0.0', deviceModel: 'Xiaomi 2201117TI', address: '127.0.0.1' },
      grant: {
        room: 'r',
        canPublish: false,
        canSubscribe: true,
        canPublishData: false,
        canPublishSources: ['camera'],
        hidden: true,
        canUpdateOwnMetadata: false,
      },
    });
  });

  it('may bring the token in a header, and an address with a slash at its end', async () => {
    const client = new Client(`${world.url.replace('http', 'ws')}//rtc?auto_subscribe=1`, {
      authorization: `Bearer ${await world.token(JOIN)}`,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36',
    });
    await client.opened;
    expect(world.sessions[0]?.asked).toMatchObject({
      autoSubscribe: true,
      client: { browser: 'Chrome', browserVersion: '131.0.0.0', os: 'Linux' },
    });
  });

  it('gives itself attributes, if the token allows it', async () => {
    const attributes = Buffer.from(JSON.stringify({ b: '2', a: '' })).toString('base64url');
    const may = await world.token({ ...JOIN, canUpdateOwnMetadata: true }, { attributes: { a: '1' } });
    await world.connect(may, { attributes }).opened;
    expect(world.sessions[0]?.asked).toMatchObject({ attributes: { a: '1', b: '2' } });
    const mayNot = await world.token(JOIN);
    expect(await refusal(world.connect(mayNot, { attributes }))).toBe('401 permissions denied');
    await world.connect(mayNot, { attributes: 'rubbish' }).opened;
    expect(world.sessions[1]?.asked).toMatchObject({ attributes: {} });
  });

  it('may publish beside its first connection, still as itself', async () => {
    const token = await world.token(JOIN);
    await world.connect(token, { publish: 'screen' }).opened;
    expect(world.sessions[0]?.asked).toMatchObject({
      identity: 'ann#screen',
      signedFor: 'ann',
      grant: { canSubscribe: false },
    });
    expect(await refusal(world.connect(token, { publish: 'x'.repeat(257) }))).toMatch(
      /^400 participant identity/,
    );
  });

  it('gets tokens anew that say what is true now', async () => {
    const [, session] = await inside({}, { roomList: true });
    const asked = session.asked as JoinAsked;
    world.clock.turn(1_000);
    const grant = { ...asked.grant, canPublish: false };
    const token = await asked.renew?.({ identity: 'ann', name: 'N', metadata: 'M', attributes: {}, grant });
    expect(await world.identity.media(token)).toMatchObject({
      key: KEY,
      identity: 'ann',
      name: 'N',
      metadata: 'M',
      issuedAt: START + 1_000,
      grants: { roomJoin: true, room: 'r', roomList: true, canPublish: false },
      expiresAt: START + 3_600_000,
    });
    world.clock.turn(3_600_000);
    const late = await asked.renew?.({ identity: 'ann', name: 'N', metadata: 'M', attributes: {}, grant });
    expect((await world.identity.media(late)).expiresAt).toBe(START + 3_601_000 + 600_000);
  });

  it('is refused in HTTP otherwise, in LiveKit’s statuses', async () => {
    const refused = async (token: string) => refusal(world.connect(token));
    expect(await refused('rubbish')).toBe('401 invalid token');
    expect(await refused('')).toBe('401 permissions denied');
    expect(await refused(await world.token({ room: 'r' }))).toBe('401 permissions denied');
    expect(await refused(await world.token(JOIN, { exp: START / 1000 - 61 }))).toBe(
      '401 invalid token: token is expired',
    );
    expect(await refused(await world.token({ roomJoin: true }))).toBe('400 no room name');
    expect(await refused(await world.token(JOIN, { sub: '' }))).toBe('400 identity cannot be empty');
    expect(await refused(await world.token(JOIN, { sub: 'x'.repeat(257) }))).toMatch(
      /^400 participant identity/,
    );
    expect(await refused(await world.token({ ...JOIN, room: 'x'.repeat(257) }))).toMatch(/^400 room name/);
    const { token } = await world.identity.issue(await world.people.put('bob', {}));
    expect(await refused(token)).toBe('401 permissions denied');
    const [denied, invalid] = ['denied', 'invalid'];
    expect(world.refused).toEqual([
      ...[denied, denied, denied, denied],
      ...[invalid, invalid, invalid, invalid],
      denied,
    ]);
    expect(world.sessions).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  it('hears from the engine’s refusal what kind it is', async () => {
    const token = await world.token(JOIN);
    world.refuse = () => Promise.reject(new ParleyError('not_found', 'room.unknown'));
    expect(await refusal(world.connect(token))).toBe('404 requested room does not exist');
    world.refuse = () => Promise.reject(new ParleyError('unavailable', 'unavailable'));
    expect(await refusal(world.connect(token))).toMatch(/^503/);
    world.refuse = () => Promise.reject(new Error('secret'));
    expect(await refusal(world.connect(token))).toBe('500 internal error');
    expect(world.failures).toHaveLength(1);
    world.refuse = () => Promise.reject(new ParleyError('limit', 'room.full'));
    const full = world.connect(token);
    expect(await full.closed).toBe(1000);
    expect(full.heard).toMatchObject([{ case: 'leave', value: { reason: DisconnectReason.JOIN_FAILURE } }]);
    world.refuse = () => Promise.reject(new ParleyError('forbidden', 'room.removed'));
    const removed = world.connect(token);
    expect(await removed.closed).toBe(1000);
    expect(removed.heard).toMatchObject([
      { case: 'leave', value: { reason: DisconnectReason.PARTICIPANT_REMOVED } },
    ]);
    expect(world.refused).toEqual(['no_room', 'unavailable', 'error', 'full', 'removed']);
  });

  it('who has gone away meanwhile has left', async () => {
    const token = await world.token(JOIN);
    const { promise, resolve } = Promise.withResolvers<void>();
    const ends: unknown[] = [];
    const asking = vi.fn(async () => {
      await promise;
      const told = { leave: (reason: DisconnectReason) => ends.push(reason), gone: () => ends.push('gone') };
      return told as unknown as FakeSession;
    });
    world.refuse = asking;
    const client = world.connect(token);
    await until(() => expect(asking).toHaveBeenCalled());
    client.ws.terminate();
    await client.closed;
    resolve();
    // Which of the two depends on when the machine hears of it.
    await until(() => expect(ends).toHaveLength(1));
    expect(['gone', DisconnectReason.SIGNAL_CLOSE]).toContain(ends[0]);
  });

  it('who comes back does so to its session, or starts anew', async () => {
    const [, session] = await inside({ reconnect: '1', sid: 'PA_7' });
    expect(session.asked).toMatchObject({ room: 'r', identity: 'ann', sid: 'PA_7' });
    world.resumable = false;
    const client = world.connect(await world.token(JOIN), { reconnect: '1', sid: 'PA_7' });
    expect(await client.closed).toBe(1000);
    expect(client.heard).toMatchObject([
      {
        case: 'leave',
        value: { action: LeaveRequest_Action.RECONNECT, reason: DisconnectReason.STATE_MISMATCH },
      },
    ]);
  });
});

describe('messages', () => {
  const subscribe = (sid: string) =>
    new SignalRequest({
      message: { case: 'subscription', value: new UpdateSubscription({ trackSids: [sid] }) },
    });

  it('arrive in their order, and unknown ones are passed over', async () => {
    const [client, session] = await inside();
    for (let n = 0; n < 50; n++) client.ws.send(subscribe(`TR_${n}`).toBinary());
    // A field that no version knows yet.
    client.ws.send(Buffer.from([0xfa, 0x3f, 0x00]));
    client.ws.send(subscribe('last').toBinary());
    await until(() => expect(session.received).toHaveLength(51));
    const sids = session.received.map(({ value }) => (value as UpdateSubscription).trackSids[0]);
    expect(sids.slice(0, 3)).toEqual(['TR_0', 'TR_1', 'TR_2']);
    expect(sids.at(-1)).toBe('last');
  });

  it('are answered in the form that the client speaks', async () => {
    const [client, session] = await inside();
    client.ws.send(JSON.stringify({ pingReq: { timestamp: '5' }, unknown: 1 }));
    await until(() =>
      expect(session.received).toMatchObject([{ case: 'pingReq', value: { timestamp: 5n } }]),
    );
    session.wire.send({ case: 'pong', value: 7n });
    await until(() => expect(client.texts.map((text) => JSON.parse(text))).toEqual([{ pong: '7' }]));
    client.ws.send(new SignalRequest({ message: { case: 'pingReq', value: new Ping() } }).toBinary());
    await until(() => expect(session.received).toHaveLength(2));
    session.wire.send({ case: 'pong', value: 8n });
    await until(() => expect(client.heard.at(-1)).toEqual({ case: 'pong', value: 8n }));
  });

  it.each([
    ['bytes that are none', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['text that is no JSON', '{"ping"'],
    ['JSON of another shape', '{"offer":[1]}'],
    ['groups without end', Buffer.alloc(200_000, 0x0b)],
  ])('%s end that client alone', async (_, message) => {
    const [other, theirs] = await inside();
    const [client, session] = await inside();
    client.ws.send(message);
    expect(await client.closed).toBe(1007);
    expect(session.ends).toEqual(['gone']);
    other.ws.send(subscribe('TR').toBinary());
    await until(() => expect(theirs.received).toHaveLength(1));
    expect(world.failures).toEqual([]);
  });

  it('that are too large, or too many, end that client alone', async () => {
    const [large, first] = await inside();
    large.ws.send(Buffer.alloc(2 * 1024 * 1024 + 1));
    expect(await large.closed).toBe(1009);
    await until(() => expect(first.ends).toEqual(['gone']));
    const [flood, second] = await inside();
    for (let n = 0; n < 5_000; n++) flood.ws.send(subscribe('TR').toBinary());
    expect(await flood.closed).toBe(1008);
    expect(second.ends).toEqual(['gone']);
    expect(second.received.length).toBeLessThan(1_500);
  });

  it('that a client does not read are not kept for it', async () => {
    const [client, session] = await inside();
    client.ws.pause();
    const metadata = 'x'.repeat(1024 * 1024);
    await vi.waitFor(
      () => {
        session.wire.send({ case: 'refreshToken', value: metadata });
        expect(session.ends).toEqual(['gone']);
      },
      { interval: 1, timeout: 5_000 },
    );
    client.ws.resume();
    await client.closed;
  });
});

describe('the end', () => {
  it('is a lost wire when the client goes, and leaves nothing to say', async () => {
    const [client, session] = await inside();
    client.ws.terminate();
    await until(() => expect(session.ends).toEqual(['gone']));
    session.wire.send({ case: 'pong', value: 1n });
    session.wire.end(DisconnectReason.SERVER_SHUTDOWN);
  });

  it('is the engine’s word: the socket closes, and no one is told twice', async () => {
    const [client, session] = await inside();
    session.wire.end(DisconnectReason.DUPLICATE_IDENTITY);
    client.ws.send(subscribeNothing());
    expect(await client.closed).toBe(1000);
    expect(session.ends).toEqual([]);
    expect(session.received).toEqual([]);
  });

  it('of the server sends everybody home to come back', async () => {
    const [client, session] = await inside();
    const closed = world.closeDoor();
    expect(await client.closed).toBe(1012);
    await closed;
    expect(client.heard.at(-1)).toMatchObject({
      case: 'leave',
      value: { action: LeaveRequest_Action.RECONNECT, reason: DisconnectReason.SERVER_SHUTDOWN },
    });
    expect(session.ends).toEqual([DisconnectReason.SERVER_SHUTDOWN]);
    expect(await refusal(world.connect(await world.token(JOIN)))).toMatch(/^503/);
  });
});

const subscribeNothing = () =>
  new SignalRequest({ message: { case: 'subscription', value: new UpdateSubscription() } }).toBinary();
