import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ServerProcess, SURROUNDINGS, startProcess } from '../support/process.ts';
import { api, sign } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-process-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** `src/main.ts` to its end, with these variables and nothing else. */
function run(env: Record<string, string>, ...args: string[]) {
  const done = spawnSync(process.execPath, ['src/main.ts', ...args], {
    env: { ...SURROUNDINGS, DATA_DIR: dataDir, ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

describe('the configuration', () => {
  it('is printed by --check-config with its secrets hidden, and nothing starts', () => {
    const secret = 'a-secret-of-more-than-thirty-two-characters';
    const { code, out } = run(
      {
        PORT: '1234',
        API_KEYS: `app:${secret}`,
        TURN_URLS: 'turn:turn.example.com:3478',
        TURN_SECRET: secret,
        WEBHOOK_URL: 'https://app.example.com/hook',
        WEBHOOK_SECRET: secret,
        DATABASE_URL: `postgres://parley:${secret}@db.example.com/parley`,
        REDIS_URL: `redis://:${secret}@redis.example.com:6379`,
      },
      '--check-config',
    );
    expect(code).toBe(0);
    expect(out).not.toContain(secret);
    expect(JSON.parse(out)).toMatchObject({ port: 1234, apiKeys: { app: '(hidden)' }, ringMs: 45_000 });
  });

  it.each([
    ['PORT', 'eighty', 'a whole number from 0 to 65535'],
    ['RING_TIMEOUT_S', '0', 'a whole number from 1 to 600'],
    ['CALL_POLICY', 'friends', 'one of contacts, anyone'],
    ['MEDIA_ENGINE', 'janus', 'one of embedded, livekit, none'],
    ['DATABASE_URL', 'mongodb://db/parley', 'an address beginning with sqlite: or postgres://'],
    ['CORS_ORIGINS', 'app.example.com', 'origins such as https://app.example.com'],
    ['TLS_CERT', '/nowhere.pem', 'both or neither'],
    ['STUN_URLS', 'http://stun.example.com', 'addresses such as stun:stun.example.com:3478'],
  ])('names %s=%s and what would be right, and nothing starts', (name, value, right) => {
    const { code, out, err } = run({ [name]: value });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(name);
    expect(err).toContain(right);
    if (!['DATABASE_URL', 'TLS_CERT'].includes(name)) expect(err).toContain(value);
  });

  it('does not repeat a secret that is wrong', () => {
    const { code, err } = run({ API_KEYS: 'app:tooshort' });
    expect(code).toBe(1);
    expect(err).toContain('API_KEYS');
    expect(err).not.toContain('tooshort');
  });
});

describe('a server process', () => {
  let server: ServerProcess;
  afterEach(() => server.stop('SIGKILL'));

  it('keeps the secrets it made on first start to itself, and uses them again', async () => {
    server = await startProcess({ DATA_DIR: dataDir, API_KEYS: '' });
    const file = join(dataDir, 'secrets.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const made = await readFile(file, 'utf8');
    const body = { username: 'ann', password: 'password123' };
    expect((await api(server, 'POST', '/api/v1/auth/register', { body })).status).toBe(201);
    const { token } = (await api(server, 'POST', '/api/v1/auth/login', { body })).body.data;
    await server.stop();
    server = await startProcess({ DATA_DIR: dataDir, API_KEYS: '' });
    expect(await readFile(file, 'utf8')).toBe(made);
    expect((await api(server, 'GET', '/api/v1/users/profile', { token })).status).toBe(200);
  });

  it('says where it listens on the last line of its output', async () => {
    server = await startProcess({ DATA_DIR: dataDir });
    const out = server.words().trimEnd().split('\n');
    expect(out.filter((line) => line.startsWith('parley listening on http://127.0.0.1:'))).toHaveLength(1);
  });

  it('stops by SIGTERM: sockets are told to come back, requests in flight are answered, and it exits with 0', async () => {
    server = await startProcess({ DATA_DIR: dataDir, MEDIA_ENGINE: 'embedded', RTC_PORT: '0' });
    const socket = await TestSocket.open(server, await sign({ sub: 'ann' }), 'phone');
    const body = { username: 'bob', password: 'password123' };
    const inFlight = api(server, 'POST', '/api/v1/auth/register', { body });
    await waitFor(async () => (await api(server, 'GET', '/health')).status === 200, {
      reason: 'the request to be on its way',
    });
    const stopped = server.stop('SIGTERM');
    expect((await inFlight).status).toBe(201);
    expect(await stopped).toBe(0);
    await waitFor(() => socket.closed, { reason: 'the socket to close' });
    expect(socket.closed?.code).toBe(1012);
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  });

  it('stops although a client never finishes its request', async () => {
    server = await startProcess({ DATA_DIR: dataDir });
    const { connect } = await import('node:net');
    const { port } = new URL(server.url);
    const wire = connect(Number(port), '127.0.0.1');
    wire.on('error', () => {});
    await new Promise((resolve) => wire.once('connect', resolve));
    wire.write(
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    const begun = performance.now();
    await server.stop('SIGTERM');
    expect(performance.now() - begun).toBeLessThan(15_000);
    wire.destroy();
  });

  it('does not start where the port is taken, and says so', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, err } = run({ HOST: '127.0.0.1', PORT: String(port), MEDIA_ENGINE: 'none' });
    other.close();
    expect(code).toBe(1);
    expect(err).toContain('EADDRINUSE');
    server = await startProcess({ DATA_DIR: dataDir });
  });

  it('tells its log no token, no password and no session description, at any level', async () => {
    server = await startProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'trace' });
    const password = 'the-password-of-ann';
    const body = { username: 'ann', password };
    await api(server, 'POST', '/api/v1/auth/register', { body });
    const { data } = (await api(server, 'POST', '/api/v1/auth/login', { body })).body;
    await api(server, 'POST', '/api/v1/auth/login', {
      body: { username: 'ann', password: `${password}-wrong` },
    });
    await api(server, 'POST', '/api/v1/auth/refresh', { body: { refresh_token: data.refresh_token } });
    await api(server, 'GET', `/api/v1/users/profile?token=${data.token}`, { token: data.token });
    const service = await sign({ scope: 'service' });
    const sdp = 'v=0 the-description-of-ann';
    const call = { callerId: 'ann', calleeIds: ['bob'], type: 'video', offer: { type: 'offer', sdp } };
    expect((await api(server, 'POST', '/api/v1/rtc/call', { token: service, body: call })).status).toBe(200);
    const socket = await TestSocket.open(server, await sign({ sub: 'bob' }), 'phone');
    const { callId } = await socket.next('call:offer');
    socket.send('call:answer', { callId, receiverId: 'ann', answer: { type: 'answer', sdp } });
    socket.ws.send(`{"type":"call:answer","data":{"sdp":"${sdp}`);
    await socket.next('error');
    await socket.close();
    await server.stop();
    const words = server.words();
    for (const secret of [password, data.token, data.refresh_token, service, 'the-description-of-ann']) {
      expect(words).not.toContain(secret);
    }
    expect(words).not.toMatch(/\n\s+at .+:\d+:\d+/);
  });
});
