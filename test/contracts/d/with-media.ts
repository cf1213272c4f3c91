import { expect, test } from 'vitest';
import { RtcClient } from '../../support/rtc-client.ts';
import { api, type TestServer } from '../../support/server.ts';
import { waitFor } from '../../support/wait-for.ts';

export interface Media {
  server: TestServer;
  /** From now on the server hears nothing of the engine, where the engine tells it by webhooks. */
  drop(what: (event: string) => boolean): void;
}

/** Whose media went has so long to come back, in these tests. */
export const DEPARTURE_S = 1;

interface Came {
  client: RtcClient;
  token: string;
}

let count = 0;

/** Contract D over real media, with LiveKit's own client; the same for every engine. */
export function roomsWithMedia(media: () => Media): void {
  const ask = (method: string, path: string, body?: unknown) => {
    const { server } = media();
    return api(server, method, path, { token: server.service, ...(body === undefined ? {} : { body }) });
  };
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
    const { livekit_url } = (await ask('POST', '/api/participants/join', { room_name: room, uid: 'cid' }))
      .body.data;
    const intruder = await RtcClient.join(socketUrl(livekit_url), ben.token).catch(() => undefined);
    if (intruder) await gone({ client: intruder, token: '' }, 'whoever comes with a void token');
    expect((await parts(room)).ben).toBe(3);

    await ask('POST', `/api/rooms/${room}/end`);
    await Promise.all([gone(ann, 'ann'), gone(cid, 'cid')]);
    await waitFor(async () => (await media().server.app.engine.rooms([room])).length === 0, {
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
    media().drop((event) => event === 'participant_joined' || event === 'room_started');
    const ann = await create(room, { max_participants: 3 });
    const ben = await join(room, 'ben');
    await becomes(room, 1);
    media().drop((event) => event === 'participant_left');
    await ben.client.leave();
    await has(room, 'ben', 3);
    media().drop(() => false);
    await ann.client.leave();
    await becomes(room, 2);
  });
}
