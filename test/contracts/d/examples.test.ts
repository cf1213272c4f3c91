import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineFor, type TestEngine } from '../../support/engines.ts';
import { api, type TestServer } from '../../support/server.ts';
import { signerAt, TestClock } from '../at-document-time.ts';
import { blocksOf, type Example, example } from '../documents.ts';

const DOCUMENT = 'd-rooms';
const clock = new TestClock('2024-01-15T10:30:00Z');
const tokens = signerAt(clock);
/** The document's example of where clients go. */
const URL_OF_DOCUMENT = 'http://localhost:7880';
let engine: TestEngine;
let server: TestServer;
let service: string;

beforeAll(async () => {
  engine = await engineFor('fake');
  server = await engine.start({ publicUrl: URL_OF_DOCUMENT }, { clock });
  service = await tokens.service();
});
afterAll(async () => {
  await server.close();
  await engine.close();
});

const ask = (method: string, path: string, body?: unknown) =>
  api(server, method, path, { token: service, ...(body === undefined ? {} : { body }) });
/** A cluster's clients go to it, whatever this server's address is. */
const mediaUrl = () => engine.url ?? URL_OF_DOCUMENT;
/** Tokens differ from time to time, and ids count on. */
const made = (expected: Example) => ({
  ...expected,
  data: {
    ...expected.data,
    ...(expected.data.token ? { token: expect.stringMatching(/.{10,}/) } : {}),
    ...(expected.data.livekit_url ? { livekit_url: mediaUrl() } : {}),
    id: expect.any(Number),
  },
});

describe.each(['/api', '/api/v1'])('the examples of document D, replayed as written below %s', (base) => {
  const at = (path: string) => path.replace(/^\/api/, base).replace(':room_name', 'meeting_001');
  const section = (name: string) => ({
    request: () => example(DOCUMENT, name, '请求体'),
    response: () => example(DOCUMENT, name, '响应示例'),
  });
  /** The document's one room, under a name of its own for each base. */
  const named = (value: Example): Example =>
    JSON.parse(
      JSON.stringify(value)
        .replaceAll('"meeting_001"', `"meeting_001${base}"`)
        .replaceAll('"channel_123"', `"channel_123${base}"`),
    );
  const room = encodeURIComponent(`meeting_001${base}`);
  const path = (documented: string) => at(documented).replace('meeting_001', room);

  beforeAll(() => clock.set('2024-01-15T10:30:00Z'));

  test('健康检查', async () => {
    const { status, body } = await api(server, 'GET', '/health');
    expect([status, body]).toEqual([200, section('GET /health').response()]);
  });

  test('创建房间', async () => {
    const { request, response } = section('POST /api/rooms');
    const { status, body } = await ask('POST', at('/api/rooms'), named(request()));
    expect(status).toBe(200);
    expect(body).toEqual(made(named(response())));
  });

  test('获取房间信息', async () => {
    const { response } = section('GET /api/rooms/:room_name');
    const { status, body } = await ask('GET', path('/api/rooms/:room_name'));
    expect([status, body]).toEqual([200, made(named(response()))]);
  });

  test('列出房间列表', async () => {
    const { body } = await ask('GET', at('/api/rooms?limit=10&offset=0'));
    const block = blocksOf(DOCUMENT).find(({ text }) => text.includes('获取房间列表成功'));
    expect(block?.text).toContain('"rooms": [...]');
    expect(body).toMatchObject({ code: 0, msg: '获取房间列表成功', data: { total: expect.any(Number) } });
    const info = section('GET /api/rooms/:room_name').response().data;
    expect(body.data.rooms[0]).toEqual(named({ ...info, id: body.data.rooms[0].id }));
  });

  test('邀请参与者', async () => {
    const { request } = section('POST /api/rooms/:room_name/invite');
    const { status, body } = await ask('POST', path('/api/rooms/:room_name/invite'), request());
    expect([status, body]).toEqual([200, { code: 0, msg: '邀请参与者成功', data: null }]);
  });

  test('加入房间: with what later releases answer as well', async () => {
    clock.set('2024-01-15T10:30:00Z');
    const { request, response } = section('POST /api/participants/join');
    const { status, body } = await ask('POST', at('/api/participants/join'), named(request()));
    expect(status).toBe(200);
    const expected = made(named(response()));
    expect(body).toEqual({
      ...expected,
      data: {
        ...expected.data,
        livekit_url: mediaUrl(),
        creator: 'user_001',
        max_participants: 2,
        timeout: 45,
      },
    });
  });

  test('获取参与者列表', async () => {
    const { response } = section('GET /api/rooms/:room_name/participants');
    const { body } = await ask('GET', path('/api/rooms/:room_name/participants'));
    const mine = body.data.filter(({ uid }: { uid: string }) => uid === 'user_002');
    const [expected] = named(response()).data;
    expect({ ...body, data: mine }).toEqual({
      ...named(response()),
      // The document’s join_time is twenty minutes after the times it gives beside it.
      data: [{ ...expected, id: mine[0].id, join_time: Date.parse(expected.created_at) }],
    });
    expect(Number.isSafeInteger(expected.join_time)).toBe(true);
  });

  test('更新参与者状态', async () => {
    const { request } = section('PUT /api/rooms/:room_name/participants/:uid/status');
    const uid = path('/api/rooms/:room_name/participants/user_002/status');
    const { status, body } = await ask('PUT', uid, request());
    expect([status, body]).toEqual([200, { code: 0, msg: '更新参与者状态成功', data: null }]);
  });

  test('更新房间状态', async () => {
    const { request } = section('PUT /api/rooms/:room_name/status');
    const { status, body } = await ask('PUT', path('/api/rooms/:room_name/status'), request());
    expect([status, body]).toEqual([200, { code: 0, msg: '更新房间状态成功', data: null }]);
    expect((await ask('GET', path('/api/rooms/:room_name'))).body.data.status).toBe(1);
  });

  test('离开房间', async () => {
    const { request } = section('POST /api/participants/leave');
    const { status, body } = await ask('POST', at('/api/participants/leave'), named(request()));
    expect([status, body]).toEqual([200, { code: 0, msg: '离开房间成功', data: null }]);
  });

  test('结束房间', async () => {
    const { status, body } = await ask('POST', path('/api/rooms/:room_name/end'));
    expect([status, body]).toEqual([200, { code: 0, msg: '结束房间成功', data: null }]);
    expect((await ask('GET', path('/api/rooms/:room_name'))).body.data.status).toBe(2);
  });
});
