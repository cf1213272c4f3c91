import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { CreateRoomRequest, ListRoomsResponse, Room } from '@livekit/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { invalid, ParleyError } from '../../../core/errors.ts';
import { KEY, KEY_SECRET, START } from '../../../core/users/people.fixture.ts';
import type { LiveKitWorld } from '../livekit.fixture.ts';
import { liveKitWorld } from '../livekit.fixture.ts';

let world: LiveKitWorld;
beforeAll(async () => {
  world = await liveKitWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.calls.length = 0;
  world.fails = undefined;
});

interface Sent {
  token?: string | undefined;
  body?: unknown;
  type?: string;
  method?: string;
  base?: string;
}

async function call(name: string, { token, body = {}, type = 'application/json', ...rest }: Sent = {}) {
  const method = rest.method ?? 'POST';
  const response = await fetch(`${world.url}${rest.base ?? '/twirp/livekit.'}${name}`, {
    method,
    headers: { 'content-type': type, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(method === 'GET'
      ? {}
      : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const contentType = response.headers.get('content-type');
  const json = contentType === 'application/json' ? JSON.parse(bytes.toString()) : bytes.toString();
  return { status: response.status, contentType, json, bytes };
}

const ADMIN = { roomAdmin: true, room: 'r' };

/** Every method, a grant that opens it, and a grant like it that does not. */
const METHODS: [name: string, opens: Record<string, unknown>, not: Record<string, unknown>, body: object][] =
  [
    ['RoomService/CreateRoom', { roomCreate: true }, { roomList: true, ...ADMIN }, { name: 'r' }],
    ['RoomService/ListRooms', { roomList: true }, { roomCreate: true, ...ADMIN }, {}],
    ['RoomService/DeleteRoom', { roomCreate: true }, { roomList: true, ...ADMIN }, { room: 'r' }],
    ...[
      'ListParticipants',
      'GetParticipant',
      'RemoveParticipant',
      'MutePublishedTrack',
      'UpdateParticipant',
      'UpdateSubscriptions',
      'SendData',
      'UpdateRoomMetadata',
      'PerformRpc',
    ].map((name): (typeof METHODS)[number] => [
      `RoomService/${name}`,
      ADMIN,
      { roomCreate: true, roomList: true, roomJoin: true, room: 'r' },
      { room: 'r', identity: 'ann', destinationIdentity: 'ann', method: 'greet' },
    ]),
    ...['MoveParticipant', 'ForwardParticipant'].map((name): (typeof METHODS)[number] => [
      `RoomService/${name}`,
      { ...ADMIN, destinationRoom: 's' },
      ADMIN,
      { room: 'r', identity: 'ann', destinationRoom: 's' },
    ]),
    ['Egress/ListEgress', { roomRecord: true }, ADMIN, {}],
    ['Ingress/ListIngress', { ingressAdmin: true }, ADMIN, {}],
    ['AgentDispatchService/ListDispatch', ADMIN, { roomJoin: true, room: 'r' }, { room: 'r' }],
  ];

it('asks a stranger for nothing: the answer comes before the body', async () => {
  for (const [headers, status] of [
    [{}, 401],
    [{ authorization: 'Bearer nonsense' }, 401],
  ] as const) {
    const asked = request(`${world.url}/twirp/livekit.RoomService/ListRooms`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': 1_000_000 },
    });
    // The head alone; what is announced is never sent.
    asked.flushHeaders();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(status);
    asked.destroy();
  }
});

describe('who may call what', () => {
  it.each(METHODS)('%s', async (name, opens, not, body) => {
    const denied = { status: 401, contentType: 'application/json', json: { code: 'unauthenticated' } };
    const asked = (token: string | undefined) => call(name, { token, body });
    expect(await asked(undefined)).toMatchObject(denied);
    expect(await asked(await world.token({}))).toMatchObject(denied);
    expect(await asked(await world.token(not))).toMatchObject(denied);
    if (opens.room) expect(await asked(await world.token({ ...opens, room: 'q' }))).toMatchObject(denied);
    if (opens.destinationRoom) {
      expect(await asked(await world.token({ ...opens, destinationRoom: 'q' }))).toMatchObject(denied);
    }
    const { token: user } = await world.identity.issue(await world.people.put('ann', {}));
    expect(await asked(user)).toMatchObject(denied);
    const service = { iss: KEY, scope: 'service', exp: START / 1000 + 60 };
    expect(await asked(await world.codec.sign(service, KEY_SECRET))).toMatchObject(denied);
    expect(await asked('rubbish')).toMatchObject({ status: 401, json: 'invalid token' });
    const forged = await world.codec.sign(
      { ...service, video: opens },
      'another secret of thirty-two bytes...',
    );
    expect(await asked(forged)).toMatchObject({ status: 401 });
    expect(world.calls).toEqual([]);
    const { status } = await asked(await world.token(opens));
    expect([200, 501]).toContain(status);
  });

  it('nobody is provisioned by a try', async () => {
    const count = await world.store.read.users.count();
    const host = { iss: KEY, sub: 'stranger', exp: START / 1000 + 60 };
    await call('RoomService/ListRooms', { token: await world.codec.sign(host, KEY_SECRET) });
    expect(await world.store.read.users.count()).toBe(count);
  });
});

describe('a call', () => {
  it('is JSON as LiveKit writes it, and read in both spellings', async () => {
    const token = await world.token({ roomCreate: true });
    const body = { name: 'r', empty_timeout: 5, maxParticipants: 3, of_the_future: [1] };
    const answer = await call('RoomService/CreateRoom', {
      token,
      body,
      type: 'application/json;charset=UTF-8',
    });
    expect(answer).toMatchObject({ status: 200, contentType: 'application/json' });
    expect(answer.json).toMatchObject({
      name: 'r',
      sid: 'RM_1',
      empty_timeout: 300,
      metadata: '',
      num_participants: 0,
    });
    expect(world.calls[0]).toMatchObject({
      method: 'createRoom',
      asked: { name: 'r', emptyTimeout: 5, maxParticipants: 3 },
    });
  });

  it('is protobuf as well', async () => {
    const token = await world.token({ roomCreate: true, roomList: true });
    const body = new CreateRoomRequest({ name: 'p' }).toBinary();
    const created = await call('RoomService/CreateRoom', { token, body, type: 'application/protobuf' });
    expect(created.contentType).toBe('application/protobuf');
    expect(Room.fromBinary(created.bytes).name).toBe('p');
    const listed = await call('RoomService/ListRooms', {
      token,
      body: Buffer.alloc(0),
      type: 'application/protobuf',
    });
    expect(ListRoomsResponse.fromBinary(listed.bytes).rooms).toEqual([]);
    expect(listed.status).toBe(200);
  });

  it('may have two slashes before it', async () => {
    const token = await world.token({ roomCreate: true });
    const answer = await call('RoomService/CreateRoom', {
      token,
      body: { name: 'r' },
      base: '//twirp/livekit.',
    });
    expect(answer.json).toMatchObject({ name: 'r' });
  });

  it('that is none is answered as Twirp does', async () => {
    const token = await world.token({ roomList: true, ...ADMIN });
    const bad = { status: 404, contentType: 'application/json', json: { code: 'bad_route' } };
    expect(await call('RoomService/Nothing', { token })).toMatchObject(bad);
    expect(await call('NoService/List', { token })).toMatchObject(bad);
    expect(await call('RoomService/constructor', { token })).toMatchObject(bad);
    expect(await call('RoomService/ListRooms', { token, method: 'GET' })).toMatchObject(bad);
    expect(await call('RoomService/ListRooms', { token, type: 'text/plain' })).toMatchObject(bad);
    const malformed = { status: 400, json: { code: 'malformed' } };
    expect(await call('RoomService/ListRooms', { token, body: Buffer.from('{"names"') })).toMatchObject(
      malformed,
    );
    expect(await call('RoomService/ListRooms', { token, body: { names: [1] } })).toMatchObject(malformed);
    const garbage = { body: Buffer.from([0xff, 0xff]), type: 'application/protobuf' };
    expect(await call('RoomService/ListRooms', { token, ...garbage })).toMatchObject(malformed);
    const large = { token, body: Buffer.alloc(2 * 1024 * 1024 + 1, 0x20) };
    expect(await call('RoomService/ListRooms', large)).toMatchObject({
      status: 429,
      json: { code: 'resource_exhausted' },
    });
    expect(world.failures).toEqual([]);
  });

  it('of a client’s method is answered with what came of it', async () => {
    const token = await world.token(ADMIN);
    const perform = (body: object) =>
      call('RoomService/PerformRpc', { token, body: { room: 'r', destination_identity: 'ann', ...body } });
    expect(await perform({ method: 'greet' })).toMatchObject({ status: 200, json: { payload: 'hello' } });
    expect(await perform({ method: 'no' })).toMatchObject({
      status: 400,
      json: { code: 'invalid_argument', msg: 'RpcError 1400: No such method: at all' },
    });
    expect(await perform({ method: 'greet', destination_identity: '' })).toMatchObject({
      status: 400,
      json: { code: 'invalid_argument', msg: 'destination identity is required' },
    });
  });

  it('of what is not there is unimplemented, and its lists are empty', async () => {
    const token = await world.token({ roomRecord: true, ingressAdmin: true, ...ADMIN });
    expect(await call('Egress/StartEgress', { token })).toMatchObject({
      status: 501,
      json: { code: 'unimplemented' },
    });
    expect((await call('Egress/ListEgress', { token })).json).toMatchObject({ items: [] });
    expect((await call('Ingress/ListIngress', { token })).json).toMatchObject({ items: [] });
    expect((await call('AgentDispatchService/ListDispatch', { token, body: { room: 'r' } })).json).toEqual({
      agent_dispatches: [],
    });
    const sip = await world.codec.sign(
      { iss: KEY, exp: START / 1000 + 60, video: {}, sip: { admin: true } },
      KEY_SECRET,
    );
    expect((await call('SIP/ListSIPInboundTrunk', { token: sip })).json).toMatchObject({ items: [] });
    expect(await call('SIP/ListSIPInboundTrunk', { token })).toMatchObject({ status: 401 });
  });

  it.each([
    [new ParleyError('not_found', 'room.unknown'), 404, 'not_found', 'participant does not exist'],
    [new ParleyError('not_found', 'room.no_member'), 404, 'not_found', 'participant does not exist'],
    [new ParleyError('not_found', 'room.no_track'), 404, 'not_found', 'track is not found'],
    [
      new ParleyError('unsupported', 'room.remote_unmute'),
      412,
      'failed_precondition',
      'remote unmute not enabled',
    ],
    [new ParleyError('unsupported', 'room.cloud_only'), 501, 'unimplemented', 'not implemented'],
    [invalid('metadata'), 400, 'invalid_argument', 'metadata is not valid'],
    [new ParleyError('unavailable', 'unavailable'), 503, 'unavailable', 'unavailable'],
  ])('that fails with %s says so in LiveKit’s words', async (error, status, code, msg) => {
    world.fails = error;
    const token = await world.token(ADMIN);
    const answer = await call('RoomService/GetParticipant', { token, body: { room: 'r', identity: 'x' } });
    expect(answer).toMatchObject({ status, json: { code, msg } });
  });

  it('of a room that is not there says so, where LiveKit looks for the room', async () => {
    world.fails = new ParleyError('not_found', 'room.unknown');
    const token = await world.token({ roomCreate: true, ...ADMIN });
    for (const name of ['DeleteRoom', 'UpdateRoomMetadata', 'SendData']) {
      expect(await call(`RoomService/${name}`, { token, body: { room: 'r' } })).toMatchObject({
        status: 404,
        json: { code: 'not_found', msg: 'requested room does not exist' },
      });
    }
  });

  it('that fails unexpectedly tells nothing', async () => {
    world.fails = new Error('secret');
    const answer = await call('RoomService/ListRooms', { token: await world.token({ roomList: true }) });
    expect(answer).toMatchObject({ status: 500, json: { code: 'internal', msg: 'internal error' } });
    expect(world.failures.splice(0)).toHaveLength(1);
  });

  it('is held to LiveKit’s limits', async () => {
    const token = await world.token({ roomCreate: true, ...ADMIN, destinationRoom: 'r' });
    const refused = async (name: string, body: object) =>
      (await call(`RoomService/${name}`, { token, body })).json;
    const long = 'x'.repeat(512 * 1024 + 1);
    const of = { room: 'r', identity: 'a' };
    for (const [name, body] of [
      ['CreateRoom', { name: 'x'.repeat(257) }],
      ['CreateRoom', { name: 'r', metadata: long }],
      ['UpdateRoomMetadata', { room: 'r', metadata: long }],
      ['UpdateParticipant', { ...of, metadata: long }],
      ['UpdateParticipant', { ...of, name: 'x'.repeat(257) }],
      ['UpdateParticipant', { ...of, attributes: { a: 'x'.repeat(65_536) } }],
      ['SendData', { room: 'r', nonce: 'AAAA' }],
      ['MoveParticipant', { ...of, destinationRoom: 'r' }],
    ] as const) {
      expect(await refused(name, body), name).toMatchObject({ code: 'invalid_argument' });
    }
    expect(world.calls).toEqual([]);
  });
});
