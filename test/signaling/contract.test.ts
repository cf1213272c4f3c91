import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { enter, join, people, plan, Signaling } from './client.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ stunUrls: ['stun:stun.example.com'] });
});
afterAll(() => server.close());

const refusal = (url: string, given?: Parameters<typeof Signaling.open>[1]) =>
  Signaling.open(url, given).then(
    () => 'opened',
    (error: Error) => error.message,
  );

/** The status and the envelope's code. */
async function refused(query: Record<string, string | number>, given?: Parameters<typeof Signaling.open>[1]) {
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const message = await refusal(`${server.wsUrl}/ws/signaling?${text}`, given);
  const [, status, body] = /^(\d+) (.*)$/.exec(message) ?? [];
  return body === undefined ? message : { status: Number(status), code: JSON.parse(body).code };
}

describe('the document’s own client', () => {
  it('joins over REST, opens room_url and says join', async () => {
    const [ann, bob] = await people(server, 'ann', 'bob');
    const id = await plan(server, ann);
    const { body } = await join(server, ann, id);
    expect(body.data.room_url).toMatch(
      new RegExp(`^ws://127\\.0\\.0\\.1:\\d+/ws/signaling\\?meeting_id=${id}&user_id=${ann.id}&ticket=`),
    );
    const a = await Signaling.open(body.data.room_url);
    a.ws.send(JSON.stringify({ type: 'join', meeting_id: id, user_id: ann.id }));
    expect(await a.next('joined')).toEqual({
      type: 'joined',
      from: 'server',
      meeting_id: id,
      data: {
        status: 'online',
        participant_id: body.data.participant_id,
        role: 'host',
        participants: [
          expect.objectContaining({
            user_id: ann.id,
            username: ann.uid,
            nickname: 'ANN',
            role: 'host',
            audio: false,
            video: false,
            screen: false,
          }),
        ],
        polls: [],
        settings: {
          enable_recording: false,
          enable_chat: true,
          enable_screen_share: true,
          enable_waiting_room: false,
          mute_on_join: false,
          allow_guests: false,
        },
        ice_servers: [{ urls: 'stun:stun.example.com' }],
        session: null,
        url: null,
        token: null,
      },
    });

    const b = await enter(server, bob, id);
    expect(await a.next('user-joined')).toMatchObject({
      from: bob.id,
      meeting_id: id,
      data: { user_id: bob.id, username: bob.uid, nickname: 'BOB', role: 'participant', audio: false },
    });
    b.send('chat', { content: 'Hello' });
    for (const client of [a, b]) {
      expect(await client.next('chat')).toMatchObject({
        from: bob.id,
        meeting_id: id,
        data: { id: expect.any(Number), content: 'Hello', created_at: expect.stringMatching(/Z$/) },
      });
    }
    b.send('media-state', { audio: true, video: true, screen: false });
    expect(await a.next('media-state')).toMatchObject({
      from: bob.id,
      data: { audio: true, video: true, screen: false },
    });
    b.send('leave');
    expect(await a.next('user-left')).toMatchObject({
      from: bob.id,
      data: { user_id: bob.id, reason: 'left' },
    });
    const read = await api(server, 'GET', `/api/v1/meetings/${id}/messages`, { token: ann.token });
    expect(read.body.data.messages).toMatchObject([{ content: 'Hello', user_id: bob.id }]);
    const history = await api(server, 'GET', `/api/v1/messages/history/${id}`, { token: ann.token });
    expect(history.body.data.messages).toMatchObject([{ content: 'Hello' }]);
  });

  it('hands offers, answers and candidates on unchanged, to that participant alone', async () => {
    const [ann, bob, cy] = await people(server, 'ann', 'bob', 'cy');
    const id = await plan(server, ann);
    const a = await enter(server, ann, id);
    const b = await enter(server, bob, id);
    const c = await enter(server, cy, id);
    const sent = [
      ['offer', { type: 'offer', sdp: 'v=0\r\no=ü 1\r\n', more: { deep: [1, null] } }],
      ['answer', { type: 'answer', sdp: 'v=0\r\n' }],
      ['ice-candidate', { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null }],
    ] as const;
    for (const [type, data] of sent) {
      a.send(type, data, bob.id);
      expect(await b.next(type)).toEqual({ type, from: ann.id, to: bob.id, meeting_id: id, data });
    }
    await c.settle();
    expect(c.frames.filter(({ from }) => from === ann.id)).toEqual([]);

    const [dee] = await people(server, 'dee');
    for (const to of [dee.id, 999_999]) {
      a.send('offer', { sdp: 'v=0' }, to);
      expect(await a.next('error')).toMatchObject({
        data: { code: 404, reason: 'not_found', of: 'offer', field: 'to' },
      });
    }
    // Gone from the meeting, though its socket is there.
    await api(server, 'POST', `/api/v1/meetings/${id}/leave`, { token: bob.token });
    await a.next('user-left');
    a.send('offer', { sdp: 'v=0' }, bob.id);
    expect((await a.next('error')).data.code).toBe(404);
    b.send('offer', { sdp: 'v=0' }, ann.id);
    expect(await b.next('error')).toMatchObject({ data: { code: 409, reason: 'conflict' } });
  });

  it('is told by the server without an engine that it negotiates nothing', async () => {
    const [ann] = await people(server, 'ann');
    const a = await enter(server, ann, await plan(server, ann));
    a.send('offer', { type: 'offer', sdp: 'v=0\r\nm=audio 9 RTP/AVP 0\r\n' });
    expect(await a.next('error')).toMatchObject({ data: { reason: 'unsupported', of: 'offer' } });
    a.send('chat', { content: 'still here' });
    await a.next('chat');
  });
});

describe('before it opens', () => {
  it('refuses who is nobody, somebody else or a stranger to its meeting, in the envelope', async () => {
    const [ann, bob] = await people(server, 'ann', 'bob');
    const id = await plan(server, ann);
    const right = { meeting_id: id, user_id: ann.id };
    expect(await refused(right)).toEqual({ status: 401, code: 401 });
    expect(await refused({ ...right, token: 'nonsense' })).toEqual({ status: 401, code: 401 });
    expect(await refused({ ...right, ticket: 'nonsense' })).toEqual({ status: 401, code: 401 });
    expect(await refused({ ...right, token: bob.token })).toEqual({ status: 403, code: 403 });
    expect(await refused({ ...right, token: server.service })).toEqual({ status: 403, code: 403 });
    expect(await refused({ ...right, meeting_id: 999_999, token: ann.token })).toEqual({
      status: 404,
      code: 2001,
    });
    for (const meeting_id of ['', '0', '-1', '1.5', '1e3', 'x']) {
      expect(await refused({ ...right, meeting_id, token: ann.token })).toEqual({ status: 400, code: 400 });
    }
    const { body } = await join(server, ann, id);
    const ticket = new URL(body.data.room_url).searchParams.get('ticket') ?? '';
    expect(await refused({ meeting_id: id, user_id: bob.id, ticket })).toEqual({ status: 403, code: 403 });
    const other = await plan(server, ann);
    expect(await refused({ meeting_id: other, user_id: ann.id, ticket })).toEqual({ status: 401, code: 401 });
    expect(await refused({ ...right, token: ticket })).toEqual({ status: 401, code: 401 });
    // A ticket opens its socket and nothing else.
    expect((await api(server, 'GET', '/api/v1/users/profile', { token: ticket })).status).toBe(401);

    await api(server, 'POST', `/api/v1/meetings/${id}/end`, { token: ann.token });
    expect(await refused({ ...right, token: ann.token })).toEqual({ status: 410, code: 2002 });
  });

  it('takes a token from the query, the header or the subprotocols, and says bearer back', async () => {
    const [ann] = await people(server, 'ann');
    const id = await plan(server, ann);
    const url = `${server.wsUrl}/ws/signaling?meeting_id=${id}&user_id=${ann.id}`;
    const authorization = `Bearer ${ann.token}`;
    for (const [address, given] of [
      [`${url}&token=${ann.token}`, {}],
      [url, { headers: { authorization } }],
      [url, { protocols: ['bearer', ann.token] }],
    ] as const) {
      const client = await Signaling.open(address, given);
      if ('protocols' in given) expect(client.ws.protocol).toBe('bearer');
      client.send('join');
      expect((await client.next('joined')).data.status).toBe('online');
      await client.close();
    }
  });

  it('speaks the language of the upgrade, on the socket too', async () => {
    const [ann] = await people(server, 'ann');
    const id = await plan(server, ann);
    const url = `${server.wsUrl}/ws/signaling?meeting_id=${id}&user_id=${ann.id}&token=${ann.token}`;
    const words = ['Not in the meeting: join first', '尚未加入会议'];
    for (const [i, language] of ['en', 'zh-CN'].entries()) {
      const client = await Signaling.open(url, { headers: { 'accept-language': language } });
      client.send('chat', { content: 'x' });
      expect((await client.next('error')).data.message).toBe(words[i]);
    }
  });
});

describe('the document of the sockets', () => {
  it('/asyncapi.json has every frame of this one', async () => {
    const { body } = await api(server, 'GET', '/asyncapi.json');
    expect(body.channels.signaling.address).toBe('/ws/signaling');
    const names = Object.keys(body.components.messages);
    const client = ['join', 'leave', 'offer', 'answer', 'ice-candidate', 'chat', 'media-state'];
    const sent = ['joined', 'user-joined', 'user-left', 'offer', 'answer', 'ice-candidate', 'chat'];
    expect(names).toEqual(
      expect.arrayContaining([
        ...client.map((name) => `signaling.client.${name}`),
        ...[...sent, 'media-state', 'error'].map((name) => `signaling.server.${name}`),
      ]),
    );
  });
});
