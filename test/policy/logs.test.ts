import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Signaling } from '../signaling/client.ts';
import { startProcess } from '../support/process.ts';
import { api, sign } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';

const PASSWORD = 'password-of-the-log-test';
const MEETING_PASSWORD = 'password-of-the-meeting';
const WRONG = 'mistyped-password-of-the-log-test';
const SDP = 'v=0\r\no=- sdp-of-the-log-test 2 IN IP4 127.0.0.1';
const CANDIDATE = 'candidate:of-the-log-test 1 udp 1 192.0.2.77 9 typ host';

it('the log, however much it is asked to say, holds no token, password or session description', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-logs-'));
  const server = await startProcess({
    DATA_DIR: dataDir,
    MEDIA_ENGINE: 'none',
    LOG_LEVEL: 'trace',
    // What cannot be delivered is in the log.
    WEBHOOK_URL: 'http://127.0.0.1:1/',
    WEBHOOK_SECRET: 'webhook-secret-of-the-log-test',
    CALL_POLICY: 'anyone',
  });
  const secrets = [
    PASSWORD,
    WRONG,
    MEETING_PASSWORD,
    'sdp-of-the-log-test',
    '192.0.2.77',
    'webhook-secret-of-the-log-test',
  ];
  try {
    const post = (path: string, body: unknown, token?: string) =>
      api(server, 'POST', path, { body, ...(token === undefined ? {} : { token }) });
    const account = { username: 'ann', password: PASSWORD };
    expect((await post('/api/v1/auth/register', account)).status).toBe(201);
    const { token, refresh_token } = (await post('/api/v1/auth/login', account)).body.data;
    const fresh = (await post('/api/v1/auth/refresh', { refresh_token })).body.data;
    const bob = await sign({ sub: 'bob' });
    const broken = `${bob.slice(0, -4)}AAAA`;
    secrets.push(token, refresh_token, fresh.token, fresh.refresh_token, bob, broken);

    // What goes wrong says more than what goes well.
    await post('/api/v1/auth/login', { username: 'ann', password: WRONG });
    await post('/api/v1/auth/login', { username: 'ann', password: [PASSWORD] });
    await post('/api/v1/auth/register', account);
    await post('/api/v1/auth/refresh', { refresh_token });
    await fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"username":"ann","password":"${PASSWORD}`,
    });
    // Tokens in addresses, where they belong and where they do not.
    for (const path of ['/api/v1/users/profile', '/api/v1/nowhere', '/', '/api/v1/users/profile%zz']) {
      await api(server, 'GET', `${path}?token=${token}`);
      await api(server, 'GET', `${path}?token=${token}`, { token: broken });
    }
    await expect(TestSocket.open(server, broken)).rejects.toThrow('401');
    const [here, there] = [await TestSocket.open(server, token), await TestSocket.open(server, bob)];
    here.send('call:offer', { receiverId: 'bob', callType: 'audio', offer: { type: 'offer', sdp: SDP } });
    const { callId } = await there.next('call:offer');
    there.send('call:answer', { callId, answer: { type: 'answer', sdp: SDP } });
    there.send('call:ice_candidate', { callId, receiverId: 'ann', candidate: { candidate: CANDIDATE } });
    await here.next('call:ice_candidate');
    // Frames that are refused.
    there.send('call:answer', { callId: 'none', answer: { type: 'answer', sdp: SDP } });
    await there.next('error');
    there.ws.send(`{"type":"call:offer","data":{"offer":{"sdp":"${SDP}`);
    await there.next('error');
    await Promise.all([here.close(), there.close()]);

    // A meeting, whose socket is opened by a ticket.
    const planned = { title: 'Log', password: MEETING_PASSWORD };
    const { meeting_id } = (await post('/api/v1/meetings', planned, token)).body.data;
    const join = async (who: string) => {
      await post(`/api/v1/meetings/${meeting_id}/join`, { password: WRONG }, who);
      const joined = await post(`/api/v1/meetings/${meeting_id}/join`, { password: MEETING_PASSWORD }, who);
      const url = new URL(joined.body.data.room_url);
      secrets.push(url.searchParams.get('ticket') ?? 'a ticket is missing');
      return { url, user: Number(url.searchParams.get('user_id')) };
    };
    const [ann, ben] = [await join(token), await join(bob)];
    const [host, guest] = [await Signaling.open(ann.url.href), await Signaling.open(ben.url.href)];
    for (const socket of [host, guest]) {
      socket.send('join');
      await socket.next('joined');
    }
    guest.send('offer', { type: 'offer', sdp: SDP }, ann.user);
    guest.send('ice-candidate', { candidate: CANDIDATE, sdpMid: '0' }, ann.user);
    await host.next('ice-candidate');
    guest.send('offer', { type: 'offer', sdp: SDP }, 4711);
    await guest.next('error');
    guest.ws.send(`{"type":"offer","data":{"sdp":"${SDP}`);
    await guest.next('error');
    ben.url.searchParams.set('user_id', String(ann.user));
    await expect(Signaling.open(ben.url.href)).rejects.toThrow();
    host.ws.terminate();
    guest.ws.terminate();
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  const log = server.words();
  expect(log).toContain('RATE_LIMITS=off');
  for (const secret of secrets) {
    // Of a token its last part alone is as good as all of it.
    expect(log).not.toContain(/[\w-]{20,}$/.exec(secret)?.[0] ?? secret);
    expect(log).not.toContain(secret);
  }
});
