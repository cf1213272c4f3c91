import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engineFor, type TestEngine } from '../../support/engines.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';
import { api, type TestServer } from '../../support/server.ts';
import { TestSocket } from '../../support/socket.ts';
import { waitFor } from '../../support/wait-for.ts';

const SECRET = 'the secret of the business';
let engine: TestEngine;
let receiver: Receiver;
let server: TestServer;
beforeAll(async () => {
  engine = await engineFor('fake');
});
afterAll(() => engine.close());
beforeEach(async () => {
  receiver = await startReceiver();
  server = await engine.start({ webhook: { url: receiver.url, secret: SECRET } });
});
afterEach(async () => {
  await server.close();
  await receiver.close();
});

const ask = (method: string, path: string, body?: unknown) =>
  api(server, method, path, { token: server.service, ...(body === undefined ? {} : { body }) });
const got = (type: string) =>
  waitFor(() => receiver.received.find(({ body }) => body.event_type === type), {
    reason: `${type} to be told`,
  });

describe('business webhooks', () => {
  test('tell all that happens to a room, in order, in the document’s form, signed', async () => {
    await ask('POST', '/api/rooms', {
      creator: 'ann',
      room_name: 'business',
      call_type: 1,
      uids: ['ben', 'cid'],
      max_participants: 3,
    });
    const join = { room_name: 'business', uid: 'ben', device_type: 'ios' };
    await engine.enter((await ask('POST', '/api/participants/join', join)).body.data);
    await got('room.started');
    await ask('POST', '/api/rooms/business/end');
    const { headers, text, body, path } = await got('room.finished');
    expect(receiver.received.map((one) => one.body.event_type)).toEqual([
      'room.created',
      'participant.invited',
      'participant.invited',
      'participant.joined',
      'room.started',
      'participant.left',
      'participant.left',
      'participant.cancelled',
      'room.finished',
    ]);
    expect(path).toBe('/hook?event=room.finished');
    expect(headers).toMatchObject({
      'x-event-type': 'room.finished',
      'x-event-id': body.event_id,
      'x-timestamp': expect.stringMatching(/^\d{10}$/),
      'x-signature': createHmac('sha256', SECRET).update(text).digest('hex'),
    });
    expect(body).toEqual({
      event_type: 'room.finished',
      event_id: expect.any(String),
      timestamp: expect.any(Number),
      data: {
        room_id: 'business',
        creator: 'ann',
        call_type: 1,
        invite_on: 0,
        status: 2,
        max_participants: 3,
        duration: expect.any(Number),
        uids: ['ann', 'ben', 'cid'],
        created_at: expect.any(Number),
        updated_at: expect.any(Number),
      },
      retry: 0,
      retry_after: expect.any(Number),
    });
    const joined = receiver.received.find((one) => one.body.event_type === 'participant.joined');
    expect(joined?.body.data).toMatchObject({
      room_id: 'business',
      status: 0,
      uid: 'ben',
      device_type: 'ios',
      invited_uids: [],
      missed_uids: [],
    });
    expect(receiver.received[1]?.body.data).toMatchObject({ uid: 'ben', invited_uids: ['ben', 'cid'] });
    const ids = receiver.received.map((one) => one.body.event_id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are repeated with the same id when the business does not take them', async () => {
    receiver.status = 500;
    await ask('POST', '/api/rooms', { creator: 'ann', room_name: 'repeated' });
    const first = await got('room.created');
    receiver.status = 200;
    const second = await waitFor(() => receiver.received[1], { reason: 'the second attempt' });
    expect([first.body.retry, second.body.retry]).toEqual([0, 1]);
    expect(second.body.event_id).toBe(first.body.event_id);
    expect(second.headers['x-event-id']).toBe(first.headers['x-event-id']);
    expect(second.body.data).toEqual(first.body.data);
    expect(first.body.retry_after).toBeGreaterThan(0);
  });

  test('and other endpoints get the same in the form of all events; a cancelled room is told, too', async () => {
    const other = await startReceiver();
    try {
      const body = { url: other.url, secret: 'a-secret-of-sixteen-or-more', events: ['room.*'] };
      expect((await ask('POST', '/api/v1/host/webhooks', body)).status).toBeLessThan(300);
      await ask('POST', '/api/rooms', { creator: 'ann', room_name: 'other' });
      await ask('PUT', '/api/rooms/other/status', { status: 3 });
      await waitFor(() => other.received.length === 2, { reason: 'both events of the room' });
      expect(other.received.map((one) => one.body)).toMatchObject([
        { event_type: 'room.created', subject: 'room:other', seq: 1 },
        { event_type: 'room.cancelled', subject: 'room:other', data: { status: 3, duration: 0 } },
      ]);
    } finally {
      await other.close();
    }
  });
});

describe('the log of a room', () => {
  test('is read by the host, and followed on a socket by those who have a part in it', async () => {
    const ann = await server.person('ann');
    const eve = await server.person('eve');
    await ask('POST', '/api/rooms', { creator: 'ann', room_name: 'followed' });
    const log = await ask('GET', '/api/v1/host/events?subject=room:followed');
    expect(log.body).toMatchObject({ events: [{ seq: 1, type: 'room.created' }], last: 1 });
    const socket = await TestSocket.open(server, ann.token, 'phone');
    socket.send('events:follow', { subject: 'room:followed', after: 0 });
    expect(await socket.next('event')).toMatchObject({ subject: 'room:followed', seq: 1 });
    const stranger = await TestSocket.open(server, eve.token, 'phone');
    stranger.send('events:follow', { subject: 'room:followed', after: 0 });
    expect(await stranger.next('error')).toMatchObject({ code: 404 });
    socket.kill();
    stranger.kill();
  });
});

describe('LiveKit’s webhook', () => {
  test('is no route where the engine is no cluster, and one of a cluster is signed', async () => {
    const refusal = (signed: boolean) => {
      if (engine.name !== 'livekit') return [404, { code: 404, msg: '接口不存在' }];
      return [401, { code: 401, msg: signed ? '令牌无效' : '需要登录' }];
    };
    for (const path of ['/api/webhooks/livekit', '/api/v1/webhooks/livekit']) {
      for (const token of [undefined, 'not.a.token']) {
        const given = { body: { event: 'room_started' }, ...(token ? { token } : {}) };
        const { status, body } = await api(server, 'POST', path, given);
        expect([status, body]).toEqual(refusal(token !== undefined));
      }
    }
  });

  test('is handed on as it came, whatever type it says to have, with what signs it', async () => {
    const heard: unknown[] = [];
    server.app.engineWebhook = async (...given) => void heard.push(given);
    const text = '{"event": "room_started",  "room": {"name": "ü"}}';
    for (const type of ['application/webhook+json', 'application/json']) {
      const response = await fetch(`${server.url}/api/webhooks/livekit`, {
        method: 'POST',
        headers: { 'content-type': type, authorization: 'a.signed.token' },
        body: text,
      });
      expect([response.status, await response.json()]).toEqual([
        200,
        { code: 0, msg: 'success', data: null },
      ]);
    }
    expect(heard).toEqual([
      [text, 'a.signed.token'],
      [text, 'a.signed.token'],
    ]);
  });
});
