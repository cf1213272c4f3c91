import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf } from '../contracts/documents.ts';
import { api, sign, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const envelope = (code: number, data: unknown) => ({
  code,
  message: 'Success',
  data,
  timestamp: time,
  request_id: expect.stringMatching(/.{8,}/),
});
const failure = (code: number, data: unknown = null) => ({
  code,
  message: expect.stringMatching(/./),
  data,
  timestamp: time,
  request_id: expect.any(String),
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  api(server, 'POST', `/api/v1/auth${path}`, { body, headers });
const register = (username: string, given: Record<string, unknown> = {}) =>
  post('/register', { username, email: `${username}@example.com`, password: 'password123', ...given });
const login = async (username: string) =>
  (await post('/login', { username, password: 'password123' })).body.data;

/** A request of the document as it is written: method, path, and body with its own words. */
function requestOf(section: string) {
  const block = blocksOf('e-meetings').find((one) => one.section === section && one.language === 'http');
  const [head = '', body = ''] = (block?.text ?? '').split('\n\n');
  const [method = '', path = ''] = (head.split('\n')[0] ?? '').split(' ');
  return { method, path, body: body.trim() === '' ? undefined : JSON.parse(body) };
}

describe('the examples of document E on accounts, replayed as written', () => {
  let session: { token: string; refresh_token: string };

  test('注册新用户', async () => {
    const { method, path, body } = requestOf('注册新用户');
    const { status, body: answer } = await api(server, method, path, { body });
    expect(status).toBe(201);
    expect(answer).toEqual(
      envelope(201, {
        user_id: expect.any(Number),
        uid: 'testuser',
        username: 'testuser',
        email: 'test@example.com',
        nickname: 'Test User',
        avatar_url: null,
        status: 'active',
        role: 'admin',
        created_at: time,
        updated_at: time,
      }),
    );
  });

  test('登录获取Token', async () => {
    const { method, path, body } = requestOf('登录获取Token');
    const { status, body: answer } = await api(server, method, path, { body });
    expect(status).toBe(200);
    expect(answer).toEqual(
      envelope(200, {
        token: expect.stringMatching(/^eyJ/),
        refresh_token: expect.any(String),
        expires_in: 86_400,
        user: expect.objectContaining({ username: 'testuser' }),
      }),
    );
    session = answer.data;
  });

  test('使用Token访问受保护的API', async () => {
    const { method, path } = requestOf('使用Token访问受保护的API');
    const { status, body } = await api(server, method, path, { token: session.token });
    expect(status).toBe(200);
    expect(body).toEqual(
      envelope(200, expect.objectContaining({ username: 'testuser', nickname: 'Test User' })),
    );
  });

  test('Token过期后刷新', async () => {
    const { method, path } = requestOf('Token过期后刷新');
    const answer = await api(server, method, path, { body: { refresh_token: session.refresh_token } });
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject({ token: expect.stringMatching(/^eyJ/), expires_in: 86_400 });
    const spent = await api(server, method, path, { body: { refresh_token: session.refresh_token } });
    expect(spent.status).toBe(401);
    expect(spent.body).toEqual(failure(401));
  });
});

describe('business codes', () => {
  test('1001: the username is taken, by an account or by somebody provisioned', async () => {
    await register('taken');
    await server.person('provisioned');
    for (const username of ['taken', 'provisioned']) {
      const { status, body } = await register(username, { email: 'free@example.com' });
      expect(status).toBe(409);
      expect(body).toEqual(failure(1001));
    }
  });

  test('1002: the address is taken, at registration and in the profile', async () => {
    await register('first');
    const { status, body } = await register('second', { email: 'FIRST@example.com' });
    expect(status).toBe(409);
    expect(body).toEqual(failure(1002));
    await register('third');
    const { token } = await login('third');
    const update = await api(server, 'PUT', '/api/v1/users/profile', {
      token,
      body: { email: 'first@example.com' },
    });
    expect(update.status).toBe(409);
    expect(update.body).toEqual(failure(1002));
  });

  test('1004: a wrong password and a wrong name are the same answer', async () => {
    await register('known');
    const wrong = await post('/login', { username: 'known', password: 'not the password' });
    const unknown = await post('/login', { username: 'unknown', password: 'not the password' });
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(failure(1004));
    const { timestamp: _t, request_id: _r, ...rest } = wrong.body;
    expect(unknown.status).toBe(401);
    expect(unknown.body).toMatchObject(rest);
  });

  test('1005: an expired token', async () => {
    const token = await sign({ sub: 'late', exp: Math.floor(Date.now() / 1000) - 1 });
    const { status, body } = await api(server, 'GET', '/api/v1/users/profile', { token });
    expect(status).toBe(401);
    expect(body).toEqual(failure(1005));
  });
});

describe('what is refused', () => {
  test.each([
    ['username', { username: '12345' }],
    ['username', { username: 'no spaces' }],
    ['username', { username: '' }],
    ['username', { username: 5 }],
    ['email', { email: 'nowhere' }],
    ['password', { password: 'short' }],
    ['nickname', { nickname: '' }],
  ])('a bad %s names the field: %o', async (field, change) => {
    const { status, body } = await register('somebody', change);
    expect(status).toBe(400);
    expect(body).toEqual(failure(400, { field }));
  });

  test('a missing field is named', async () => {
    const { status, body } = await post('/register', { username: 'somebody', email: 's@example.com' });
    expect(status).toBe(400);
    expect(body).toEqual(failure(400, { field: 'password' }));
  });

  test('no token, a service’s token, and one for the media doors do not open a profile', async () => {
    const media = await sign({ sub: 'media', video: { roomJoin: true } });
    const path = '/api/v1/users/profile';
    expect((await api(server, 'GET', path)).body).toEqual(failure(401));
    expect((await api(server, 'GET', path, { token: server.service })).body).toEqual(failure(403));
    expect((await api(server, 'GET', path, { token: media })).body).toEqual(failure(403));
  });

  test('messages are Chinese, or English where that is asked for', async () => {
    const body = { username: 'unknown', password: 'password123' };
    expect((await post('/login', body)).body.message).toBe('用户名或密码错误');
    expect((await post('/login', body, { 'accept-language': 'en-GB,en;q=0.9' })).body.message).toBe(
      'Wrong username or password',
    );
  });

  test('an unknown route of the platform answers in its envelope', async () => {
    const { status, body } = await api(server, 'GET', '/api/v1/meetings-of-nobody');
    expect(status).toBe(404);
    expect(body).toEqual(failure(404));
  });
});

describe('profile', () => {
  test('changes what is named; null takes the picture away', async () => {
    await register('profiled', { nickname: 'Before' });
    const { token } = await login('profiled');
    const put = (body: unknown) => api(server, 'PUT', '/api/v1/users/profile', { token, body });
    const changed = await put({ nickname: 'After', avatar_url: 'https://example.com/p.png' });
    expect(changed.status).toBe(200);
    expect(changed.body.data).toMatchObject({
      nickname: 'After',
      avatar_url: 'https://example.com/p.png',
      email: 'profiled@example.com',
    });
    expect((await put({ avatar_url: null })).body.data).toMatchObject({
      nickname: 'After',
      avatar_url: null,
    });
    const bad = await put({ avatar_url: 'javascript:alert(1)' });
    expect(bad.status).toBe(400);
    expect(bad.body).toEqual(failure(400, { field: 'avatar_url' }));
  });

  test('is there for people of a host application too', async () => {
    const { token } = await server.person('hosted', { displayName: 'Hosted' });
    const { body } = await api(server, 'GET', '/api/v1/users/profile', { token });
    expect(body.data).toMatchObject({ username: 'hosted', nickname: 'Hosted', email: null });
  });
});

describe('tokens', () => {
  test('reuse of a spent refresh token revokes everything grown from that login', async () => {
    await register('reused');
    const first = await login('reused');
    const second = (await post('/refresh', { refresh_token: first.refresh_token })).body.data;
    expect((await post('/refresh', { refresh_token: first.refresh_token })).status).toBe(401);
    expect((await post('/refresh', { refresh_token: second.refresh_token })).status).toBe(401);
  });

  test('a banned account can neither sign in nor go on', async () => {
    await register('banned');
    const { token, refresh_token } = await login('banned');
    await api(server, 'PUT', '/api/v1/host/users/banned', {
      token: server.service,
      body: { status: 'banned' },
    });
    expect((await api(server, 'GET', '/api/v1/users/profile', { token })).status).toBe(401);
    expect((await post('/refresh', { refresh_token })).status).toBe(401);
    const { status, body } = await post('/login', { username: 'banned', password: 'password123' });
    expect(status).toBe(403);
    expect(body).toEqual(failure(403));
  });
});

test('of many who register at once on a new server, one is the administrator', async () => {
  const fresh = await startTestServer();
  try {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        api(fresh, 'POST', '/api/v1/auth/register', {
          body: { username: `u${i}.`, email: `u${i}@example.com`, password: 'password123' },
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(answers.filter(({ body }) => body.data.role === 'admin')).toHaveLength(1);
  } finally {
    await fresh.close();
  }
});
