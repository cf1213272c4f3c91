import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
/** Time passes by hand, tokens stay good. */
let offset = 0;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  // Every address but our own is a customer's.
  server = await startTestServer(
    { rateLimits: true, trustProxy: '127.0.0.1' },
    { clock: { now: () => Date.now() + offset } },
  );
  ann = await server.person('ann');
  bob = await server.person('bob');
});
afterAll(() => server.close());

let addresses = 0;
/** An address that nobody has asked from. */
const newAddress = () => `198.51.100.${++addresses}`;

let names = 0;
/** Each time another name: who guesses one account's password is slowed down by other means. */
const wrong = () => ({ username: `nobody${++names}`, password: 'wrong password' });
const login = (from: string, body: unknown = wrong(), language = 'zh-CN') =>
  api(server, 'POST', '/api/v1/auth/login', {
    body,
    headers: { 'x-forwarded-for': from, 'accept-language': language },
  });

async function statuses(count: number, ask: (i: number) => Promise<{ status: number }>): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < count; i++) seen.push((await ask(i)).status);
  return seen;
}

describe('a limit', () => {
  it('is told with every answer; over it is 429 in the envelope of the door, in the asker’s language', async () => {
    const from = newAddress();
    for (const remaining of ['4', '3', '2', '1', '0']) {
      const { status, headers } = await login(from);
      expect(status).toBe(401);
      expect(headers.get('ratelimit-limit')).toBe('5');
      expect(headers.get('ratelimit-remaining')).toBe(remaining);
      expect(headers.get('ratelimit-policy')).toBe('5;w=60');
      expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThan(0);
      expect(headers.get('retry-after')).toBeNull();
    }
    const over = await login(from);
    expect(over.status).toBe(429);
    expect(over.body).toEqual({
      code: 429,
      message: '请求过于频繁，请稍后再试',
      data: null,
      timestamp: expect.stringMatching(/Z$/),
      request_id: expect.any(String),
    });
    expect(over.headers.get('ratelimit-remaining')).toBe('0');
    expect(over.headers.get('retry-after')).toBe(over.headers.get('ratelimit-reset'));
    expect((await login(from, undefined, 'en')).body.message).toBe('Too many requests, try again later');
  });

  it('counts what is refused for whatever reason, and lets in after `Retry-After` whoever has gone on trying', async () => {
    const from = newAddress();
    const bodies = [{}, { username: 7 }, { username: 'ann' }, 'text', { username: 'ann', password: 'x' }];
    expect(await statuses(5, (i) => login(from, bodies[i]))).toEqual([400, 400, 400, 400, 401]);
    const over = await login(from);
    expect(over.status).toBe(429);
    const wait = Number(over.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(55);
    expect(wait).toBeLessThanOrEqual(60);
    offset += (wait - 1) * 1000;
    expect(await statuses(3, () => login(from))).toEqual([429, 429, 429]);
    offset += 1000;
    expect((await login(from)).status).toBe(401);
  });

  it('is of one route', async () => {
    const from = newAddress();
    expect((await statuses(6, () => login(from))).at(-1)).toBe(429);
    const body = { refresh_token: 'none' };
    const headers = { 'x-forwarded-for': from };
    expect((await api(server, 'POST', '/api/v1/auth/refresh', { body, headers })).status).toBe(401);
  });

  it('is of one person, wherever they are, and of the address without a good token', async () => {
    const put = (token: string, from: string) =>
      api(server, 'PUT', '/api/v1/users/profile', {
        token,
        body: { nickname: '' },
        headers: { 'x-forwarded-for': from },
      });
    const from = newAddress();
    expect(await statuses(50, (i) => put(ann.token, i % 2 ? from : newAddress()))).toEqual(
      Array(50).fill(400),
    );
    expect((await put(ann.token, newAddress())).status).toBe(429);
    expect((await put(bob.token, from)).status).toBe(400);
    expect(await statuses(50, () => put('x.y.z', from))).toEqual(Array(50).fill(401));
    expect((await put('x.y.z', from)).status).toBe(429);
    expect((await put('x.y.z', newAddress())).status).toBe(401);
    expect((await put(bob.token, from)).status).toBe(400);
  });
});

describe('the limit of deleting one’s account', () => {
  it('does not count a wrong password, and counts everything else', async () => {
    const account = { username: 'leaver', password: 'password of the leaver' };
    await server.app.accounts.register(account);
    const { token } = await server.app.accounts.login(account.username, account.password, '192.0.2.1');
    const leave = (password: unknown) =>
      api(server, 'DELETE', '/api/v1/users/account', { token, body: { password } });
    for (let i = 0; i < 3; i++) {
      const { status, body, headers } = await leave('another password');
      expect([status, body.code]).toEqual([401, 1004]);
      expect(headers.get('ratelimit-limit')).toBe('1');
    }
    expect((await leave(7)).status).toBe(400);
    const over = await leave(account.password);
    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(86_000);
  });
});

it('a service is not counted', async () => {
  const asked = await statuses(60, () =>
    api(server, 'GET', '/api/v1/stats/overview', { token: server.service }),
  );
  expect(new Set(asked)).toEqual(new Set([200]));
});

describe('an address', () => {
  it('of IPv6 is its /64', async () => {
    const one = (i: number) => `2001:db8:7:1:${i}::${i}`;
    expect(await statuses(6, (i) => login(one(i)))).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await login('2001:db8:7:2::1')).status).toBe(401);
  });

  it('of IPv4 is the same in IPv6’s clothes', async () => {
    const from = newAddress();
    expect(await statuses(6, (i) => login(i % 2 ? from : `::ffff:${from}`))).toEqual([
      ...Array(5).fill(401),
      429,
    ]);
  });

  it('is the nearest that is no proxy of ours: what a customer says of themselves does not count', async () => {
    const from = newAddress();
    expect((await statuses(6, (i) => login(`203.0.113.${i}, ${from}`))).at(-1)).toBe(429);
  });

  it('is the connection’s own where no proxy is trusted', async () => {
    const plain = await startTestServer({ rateLimits: true });
    const ask = (i: number) =>
      api(plain, 'POST', '/api/v1/auth/login', {
        body: {},
        headers: { 'x-forwarded-for': `203.0.113.${i}` },
      });
    expect((await statuses(6, ask)).at(-1)).toBe(429);
    await plain.close();
  });
});
