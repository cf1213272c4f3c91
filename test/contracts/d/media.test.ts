import { dispose, TrackKind } from '@livekit/rtc-node';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hearsTone, publishPicture, publishTone, seesBar, trackTo } from '../../livekit/native.ts';
import { engineFor, type TestEngine } from '../../support/engines.ts';
import { RtcClient } from '../../support/rtc-client.ts';
import { api, type TestServer } from '../../support/server.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Contract D over real media, with LiveKit's own client; the same for every engine. */

let engine: TestEngine;
let server: TestServer;
let count = 0;

beforeAll(async () => {
  // Whose media went has a second to come back.
  engine = await engineFor('embedded', { DEPARTURE_TIMEOUT_S: '1' });
  server = await engine.start();
});
afterAll(async () => {
  await dispose();
  await server.close();
  await engine.close();
});

interface Came {
  client: RtcClient;
  token: string;
}

const ask = (method: string, path: string, body?: unknown) =>
  api(server, method, path, { token: server.service, ...(body === undefined ? {} : { body }) });
const name = () => `with-media-${Date.now()}-${++count}`;
const socketUrl = (url: string) => url.replace(/^http/, 'ws');
const enter = (answer: { body: { data: { livekit_url: string; token: string } } }) =>
  RtcClient.join(socketUrl(answer.body.data.livekit_url), answer.body.data.token);
const create = async (room: string, more: object): Promise<Came> => {
  const made = await ask('POST', '/api/rooms', { creator: 'ann', room_name: room, call_type: 1, ...more });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  return { client: await enter(made), token: made.body.data.token };
};
const join = async (room: string, uid: string): Promise<Came> => {
  const joined = await ask('POST', '/api/participants/join', { room_name: room, uid });
  expect(joined.status, JSON.stringify(joined.body)).toBe(200);
  return { client: await enter(joined), token: joined.body.data.token };
};
const status = async (room: string): Promise<number> =>
  (await ask('GET', `/api/rooms/${room}`)).body.data.status;
const parts = async (room: string): Promise<Record<string, number>> => {
  const { body } = await ask('GET', `/api/rooms/${room}/participants`);
  return Object.fromEntries(body.data.map((one: { uid: string; status: number }) => [one.uid, one.status]));
};
const becomes = (room: string, wanted: number, timeoutMs = 20_000) =>
  waitFor(async () => (await status(room)) === wanted, {
    reason: `room ${room} to be ${wanted}`,
    timeoutMs,
  });
const has = (room: string, uid: string, wanted: number, timeoutMs = 20_000) =>
  waitFor(async () => (await parts(room))[uid] === wanted, {
    reason: `${uid} to be ${wanted} in ${room}`,
    timeoutMs,
  });
const gone = ({ client }: Came, who: string) =>
  waitFor(() => client.gone, { reason: `${who} to be sent out`, timeoutMs: 20_000 });
const log = async (room: string): Promise<string[]> => {
  const { body } = await ask('GET', `/api/v1/host/events?subject=room:${room}`);
  return body.events.map(({ type }: { type: string }) => type);
};

test('a room starts with its media, loses who is removed, and ends once for all', async () => {
  const room = name();
  const ann = await create(room, { uids: ['ben', 'cid'], max_participants: 3 });
  const ben = await join(room, 'ben');
  const cid = await join(room, 'cid');
  await becomes(room, 1);
  await waitFor(() => ann.client.room.remoteParticipants.size === 2, { reason: 'ann to see both' });

  await ask('PUT', `/api/rooms/${room}/participants/ben/status`, { status: 3 });
  await gone(ben, 'ben');
  expect(await parts(room)).toEqual({ ann: 1, ben: 3, cid: 1 });
  const { livekit_url } = (await ask('POST', '/api/participants/join', { room_name: room, uid: 'cid' })).body
    .data;
  const intruder = await RtcClient.join(socketUrl(livekit_url), ben.token).catch(() => undefined);
  if (intruder) await gone({ client: intruder, token: '' }, 'whoever comes with a void token');
  expect((await parts(room)).ben).toBe(3);

  await ask('POST', `/api/rooms/${room}/end`);
  await Promise.all([gone(ann, 'ann'), gone(cid, 'cid')]);
  await waitFor(async () => (await server.app.engine.rooms([room])).length === 0, {
    reason: 'the engine’s room to be closed',
    timeoutMs: 20_000,
  });
  expect((await log(room)).filter((type) => type.startsWith('room.'))).toEqual([
    'room.created',
    'room.started',
    'room.finished',
  ]);
});

test('who was removed comes back with a new ticket, when asked in again', async () => {
  const room = name();
  const ann = await create(room, { max_participants: 3 });
  const ben = await join(room, 'ben');
  await waitFor(() => ann.client.room.remoteParticipants.size === 1, { reason: 'ann to see ben' });
  await ask('PUT', `/api/rooms/${room}/participants/ben/status`, { status: 3 });
  await gone(ben, 'ben');
  await ask('POST', `/api/rooms/${room}/invite`, { uids: ['ben'] });
  await join(room, 'ben');
  await waitFor(() => ann.client.room.remoteParticipants.has('ben'), { reason: 'ben to be back' });
  expect(await parts(room)).toEqual({ ann: 1, ben: 1 });
  await ask('POST', `/api/rooms/${room}/end`);
  await gone(ann, 'ann');
});

test('who goes from the media for good has left, and a room for two is finished by it', async () => {
  const room = name();
  const ann = await create(room, {});
  const ben = await join(room, 'ben');
  await waitFor(() => ann.client.room.remoteParticipants.size === 1, { reason: 'ann to see ben' });
  await becomes(room, 1);
  await ben.client.leave();
  await becomes(room, 2);
  expect(await parts(room)).toEqual({ ann: 3, ben: 3 });
  await gone(ann, 'ann');
});

test('all who leave at once, by the media or by word, finish the room once', async () => {
  const room = name();
  const came = [await create(room, { max_participants: 4 })];
  for (const uid of ['ben', 'cid', 'dee']) came.push(await join(room, uid));
  await becomes(room, 1);
  await waitFor(() => came[0]?.client.room.remoteParticipants.size === 3, { reason: 'all to be there' });
  await Promise.all([
    ...came.slice(0, 2).map(({ client }) => client.leave()),
    ...['cid', 'dee'].map((uid) => ask('POST', '/api/participants/leave', { room_name: room, uid })),
  ]);
  await becomes(room, 2);
  expect((await log(room)).filter((type) => type === 'room.finished')).toHaveLength(1);
  expect((await log(room)).filter((type) => type === 'participant.left')).toHaveLength(4);
  await Promise.all(came.map((one) => one.client.leave()));
});

test('what the engine’s word was lost of is right within 20 seconds', async () => {
  const room = name();
  engine.lose((event) => event === 'participant_joined' || event === 'room_started');
  const ann = await create(room, { max_participants: 3 });
  const ben = await join(room, 'ben');
  await becomes(room, 1);
  engine.lose((event) => event === 'participant_left');
  await ben.client.leave();
  await has(room, 'ben', 3);
  engine.lose(() => false);
  await ann.client.leave();
  await becomes(room, 2);
});

test('the tone and the picture that one sends are what the other gets', async () => {
  const room = name();
  const ann = (await create(room, {})).client.room;
  const ben = (await join(room, 'ben')).client.room;
  const [sound, picture] = [trackTo(ben, TrackKind.KIND_AUDIO), trackTo(ben, TrackKind.KIND_VIDEO)];
  const sent = [await publishTone(ann, 440), await publishPicture(ann)];
  await Promise.all([hearsTone(await sound, 440), seesBar(await picture)]);
  await Promise.all(sent.map(({ stop }) => stop()));
  await ask('POST', `/api/rooms/${room}/end`);
});

test('what LiveKit’s SDK for servers does to a room is what D tells of it', async () => {
  const room = name();
  const ann = await create(room, { max_participants: 3 });
  const ben = await join(room, 'ben');
  const sdk = new RoomServiceClient(
    (engine.url ?? server.url).replace(/^ws/, 'http'),
    engine.key,
    engine.secret,
  );
  await waitFor(async () => (await sdk.listParticipants(room)).length === 2, { reason: 'both to be there' });
  await becomes(room, 1);
  await sdk.removeParticipant(room, 'ben');
  await gone(ben, 'ben');
  await has(room, 'ben', 3);
  expect(await parts(room)).toEqual({ ann: 1, ben: 3 });
  await sdk.deleteRoom(room);
  await gone(ann, 'ann');
  await becomes(room, 2);
});
