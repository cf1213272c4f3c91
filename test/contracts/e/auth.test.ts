import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, startTestServer, type TestServer } from '../../support/server.ts';
import { type SmtpServer, startSmtp } from '../../support/smtp.ts';
import { TestSocket } from '../../support/socket.ts';
import { waitFor } from '../../support/wait-for.ts';

let smtp: SmtpServer;
let server: TestServer;
beforeAll(async () => {
  smtp = await startSmtp();
  server = await startTestServer({
    publicUrl: 'https://call.example.com',
    mail: { smtpUrl: smtp.url, from: 'Parley <calls@example.com>', logged: false },
  });
  // The first account is the administrator.
  await register('first');
});
afterAll(async () => {
  await server.close();
  await smtp.close();
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}, to = server) =>
  api(to, 'POST', `/api/v1/auth/${path}`, { body, headers });
const register = (username: string, to = server) =>
  post('register', { username, email: `${username}@example.com`, password: 'password123' }, {}, to);
const login = (username: string, password = 'password123', to = server) =>
  post('login', { username, password }, {}, to);
const forgot = (email: string, headers: Record<string, string> = {}) =>
  post('forgot-password', { email }, headers);
const reset = (token: string, password = 'password456') =>
  post('reset-password', { token, new_password: password });
/** Status, business code and data of an answer. */
const told = ({ status, body }: Awaited<ReturnType<typeof api>>) => [status, body.code, body.data];

async function tokenFor(username: string): Promise<string> {
  await register(username);
  await forgot(`${username}@example.com`);
  const { text } = await smtp.next(`${username}@example.com`);
  return new URL(/https:\S+/.exec(text)?.[0] ?? '').searchParams.get('token') ?? '';
}

test('更新用户资料: another address is told to the mailbox that is left', async () => {
  await register('mover');
  const { token } = (await login('mover')).body.data;
  const body = { email: 'elsewhere@example.com' };
  expect((await api(server, 'PUT', '/api/v1/users/profile', { token, body })).status).toBe(200);
  expect(await smtp.next('mover@example.com')).toMatchObject({
    subject: '邮箱地址已更改',
    text: expect.stringContaining('您的账号 mover 的邮箱地址已更改为 elsewhere@example.com'),
  });
});

describe('忘记密码', () => {
  test('sends a link by mail, in Chinese or in English', async () => {
    await register('ann');
    const answer = await forgot('Ann@Example.com');
    expect(told(answer)).toEqual([200, 200, null]);
    expect(answer.body.message).toBe('Success');
    const chinese = await smtp.next('ann@example.com');
    expect(chinese).toMatchObject({
      from: 'calls@example.com',
      to: ['ann@example.com'],
      subject: '重置密码',
      text: expect.stringMatching(
        /您好，[\s\S]+\nhttps:\/\/call\.example\.com\/reset-password\?token=[\w-]{43}\n/,
      ),
    });
    expect(chinese.headers).toMatchObject({
      from: 'Parley <calls@example.com>',
      to: 'ann@example.com',
      'content-type': expect.stringMatching(/^text\/plain; charset=utf-8/),
    });
    await forgot('ann@example.com', { 'accept-language': 'en-GB' });
    expect(await smtp.next('ann@example.com')).toMatchObject({
      subject: 'Choose a new password',
      text: expect.stringContaining('within 30 minutes'),
    });
  });

  test('says the same whether anybody has the address, or mail reaches them', async () => {
    await register('bob');
    await server.app.people.put('nowhere', { email: 'a@refused.example' });
    const answers = [];
    for (const email of ['bob@example.com', 'nobody@example.com', 'a@refused.example']) {
      const { status, body } = await forgot(email);
      answers.push([status, { ...body, timestamp: '', request_id: '' }]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    await smtp.next('bob@example.com');
    expect(smtp.letters.filter(({ to }) => to.includes('nobody@example.com'))).toEqual([]);
  });

  test('names no address that whoever asks has made up', async () => {
    await register('cid');
    const forged = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      origin: 'https://evil.example',
    };
    await forgot('cid@example.com', forged);
    expect((await smtp.next('cid@example.com')).text).not.toContain('evil');
  });

  test('names what is no address', async () => {
    expect(told(await forgot('nowhere'))).toEqual([400, 400, { field: 'email' }]);
    expect(told(await post('forgot-password', {}))).toEqual([400, 400, { field: 'email' }]);
  });
});

describe('重置密码', () => {
  test('ends every session, sockets too; the link is good once', async () => {
    const token = await tokenFor('dee');
    const before = (await login('dee')).body.data;
    const socket = await TestSocket.open(server, before.token);
    expect(told(await reset(token))).toEqual([200, 200, null]);
    await waitFor(() => socket.closed, { reason: 'the socket to be cut', timeoutMs: 1000 });
    const profile = await api(server, 'GET', '/api/v1/users/profile', { token: before.token });
    expect(told(profile)).toEqual([401, 401, null]);
    expect(told(await post('refresh', { refresh_token: before.refresh_token }))).toEqual([401, 401, null]);
    expect(told(await login('dee'))).toEqual([401, 1004, null]);
    expect((await login('dee', 'password456')).status).toBe(200);
    expect(told(await reset(token, 'password789'))).toEqual([401, 401, null]);
  });

  test('1005: after 30 minutes', async () => {
    await register('eve');
    const { user_id: userId } = (await login('eve')).body.data.user;
    const hash = createHash('sha256').update('late').digest('hex');
    await server.app.store.transaction((tx) =>
      tx.resetTokens.save({ hash, userId, expiresAt: Date.now() - 1 }),
    );
    expect(told(await reset('late'))).toEqual([401, 1005, null]);
  });

  test('refuses what was never sent, and passwords of fewer than 8 or more than 128 letters', async () => {
    expect(told(await reset('made up'))).toEqual([401, 401, null]);
    const token = await tokenFor('fay');
    for (const password of ['seven77', 'x'.repeat(129), 7]) {
      const answer = await post('reset-password', { token, new_password: password });
      expect(told(answer)).toEqual([400, 400, { field: 'new_password' }]);
    }
    expect((await reset(token, '密'.repeat(128))).status).toBe(200);
    expect((await login('fay', '密'.repeat(128))).status).toBe(200);
  });
});

test('guessing a password slows down, and says for how long', async () => {
  const guarded = await startTestServer({ rateLimits: true });
  try {
    await register('gus', guarded);
    // Where the route's own limit is wider than what is free.
    const { token } = (await login('gus', 'password123', guarded)).body.data;
    const change = (old: string) =>
      api(guarded, 'POST', '/api/v1/users/change-password', {
        token,
        body: { old_password: old, new_password: 'password456' },
      });
    for (let i = 0; i < 5; i++) {
      expect(told(await change('wrong password'))).toEqual([401, 1004, null]);
    }
    const { status, body, headers } = await change('password123');
    expect([status, body.code]).toEqual([429, 429]);
    expect(headers.get('retry-after')).toBe('1');
  } finally {
    await guarded.close();
  }
});

test('a rush of sign-ins is served, each in its turn', async () => {
  await register('hal');
  const answers = await Promise.all(Array.from({ length: 8 }, () => login('hal')));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
});
