import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort, freeRow } from '../support/free-port.ts';
import { type ServerProcess, SURROUNDINGS, startProcess } from '../support/process.ts';
import { TEST_KEY, TEST_SECRET } from '../support/server.ts';
import { CERTIFICATE, tlsBefore } from './tls-turn.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-doctor-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** `npm run doctor` with these variables; the report's lines. */
async function doctor(env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, ['src/doctor/main.ts'], {
    env: {
      ...SURROUNDINGS,
      LANG: 'C',
      HOST: '127.0.0.1',
      PORT: '1',
      DATA_DIR: dataDir,
      RTC_ANNOUNCED_ADDRESS: '127.0.0.1',
      ...(process.env.MEDIASOUP_WORKER_BIN ? { MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN } : {}),
      API_KEYS: `${TEST_KEY}:${TEST_SECRET}`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, lines: out.trim().split('\n') };
}

const failures = (lines: readonly string[]) => lines.filter((line) => /^(failed|失败)/.test(line));
/** The first of the ports that a server takes, one per core. */
const rtcPort = async () => String(await freeRow(availableParallelism()));

describe('before the server is started', () => {
  it('all is well: worker, ports, STUN, TURN, ICE over UDP and TCP, media', async () => {
    const turn = inject('servers').turn;
    if (!turn) throw new Error('there is no coturn');
    const port = await rtcPort();
    const { code, lines } = await doctor({
      RTC_PORT: port,
      STUN_URLS: turn.urls[0]?.replace(/^turn:(.*)\?.*$/, 'stun:$1') ?? '',
      TURN_URLS: turn.urls.join(','),
      TURN_SECRET: turn.secret,
    });
    expect(failures(lines)).toEqual([]);
    expect(code).toBe(0);
    const report = lines.join('\n');
    for (const said of [
      /ok +STUN stun:\S+: sees this machine as 127\.0\.0\.1/,
      /ok +TURN \S+transport=udp: gave the relay address 127\.0\.0\.1:\d+/,
      /ok +TURN \S+transport=tcp: gave the relay address/,
      /ok +media worker: /,
      /ok +media round trip: all of 50 packets came back/,
      new RegExp(`ok +media ports: ${port}`),
      new RegExp(`ok +reaching UDP 127\\.0\\.0\\.1:${port}: `),
      new RegExp(`ok +reaching TCP 127\\.0\\.0\\.1:${port}: `),
    ]) {
      expect(report).toMatch(said);
    }
  });

  it('an announced address that is not here does not answer', async () => {
    const { code, lines } = await doctor({ RTC_PORT: await rtcPort(), RTC_ANNOUNCED_ADDRESS: '203.0.113.9' });
    expect(code).toBe(1);
    const found = failures(lines);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(
      /^failed +reaching UDP 203\.0\.113\.9:\d+: nothing answers .*RTC_ANNOUNCED_ADDRESS/,
    );
    expect(found[1]).toMatch(/^failed +reaching TCP 203\.0\.113\.9:\d+: /);
  });

  it('a private address is not what the world is told', async () => {
    const { code, lines } = await doctor({ RTC_PORT: await rtcPort(), PUBLIC_URL: 'http://203.0.113.7' });
    expect(code).toBe(1);
    expect(failures(lines)).toEqual([
      expect.stringMatching(
        /^failed +announced address 127\.0\.0\.1: .*RTC_ANNOUNCED_ADDRESS=203\.0\.113\.7/,
      ),
    ]);
  });

  it('a port that belongs to another program', async () => {
    const port = await rtcPort();
    const other = createServer().listen(Number(port), '0.0.0.0');
    await once(other, 'listening');
    try {
      const { code, lines } = await doctor({ RTC_PORT: port });
      expect(code).toBe(1);
      expect(failures(lines)).toEqual([
        expect.stringMatching(
          new RegExp(`^failed +media ports: TCP port ${port} belongs to another program`),
        ),
      ]);
    } finally {
      other.close();
    }
  });

  it('TURN with another secret, TURN that is not there, and a name that nobody knows', async () => {
    const turn = inject('servers').turn;
    if (!turn) throw new Error('there is no coturn');
    const nobody = `turn:127.0.0.1:${await freePort()}?transport=tcp`;
    const urls = [...turn.urls, nobody, 'turn:nowhere.invalid'];
    const env = { MEDIA_ENGINE: 'none', TURN_URLS: urls.join(','), TURN_SECRET: 'not the secret' };
    const { code, lines } = await doctor(env);
    expect(code).toBe(1);
    const found = failures(lines);
    expect(found).toHaveLength(4);
    for (const line of found.slice(0, 2)) expect(line).toMatch(/refuses the credential: TURN_SECRET/);
    expect(found[2]).toMatch(/does not answer \(ECONNREFUSED\)/);
    expect(found[3]).toMatch(/does not answer \((ENOTFOUND|EAI_AGAIN)\)/);
  });

  it('TURN over TLS, with a certificate that is trusted and without', async () => {
    const turn = inject('servers').turn;
    if (!turn) throw new Error('there is no coturn');
    const before = await tlsBefore(Number(/:(\d+)\?/.exec(turn.urls[0] ?? '')?.[1]));
    try {
      const url = `turns:localhost:${before.port}?transport=tcp`;
      const env = { MEDIA_ENGINE: 'none', TURN_URLS: url, TURN_SECRET: turn.secret };
      const stranger = await doctor(env);
      expect(stranger.code).toBe(1);
      expect(failures(stranger.lines)).toEqual([
        expect.stringMatching(
          /TURN turns:\S+: has a certificate that is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
        ),
      ]);
      const trusted = join(dataDir, 'certificate.pem');
      await writeFile(trusted, CERTIFICATE);
      const friend = await doctor({ ...env, NODE_EXTRA_CA_CERTS: trusted });
      expect(friend.lines.join('\n')).toMatch(/ok +TURN turns:\S+: gave the relay address/);
      expect(friend.code).toBe(0);
    } finally {
      before.close();
    }
  });

  it.each([
    ['is not there', '/nowhere/mediasoup-worker', /media worker: \/nowhere\/mediasoup-worker is no program/],
    ['is another program', '/bin/false', /media worker: does not start /],
  ])('a worker that %s', async (_, path, said) => {
    const { code, lines } = await doctor({ RTC_PORT: '0', MEDIASOUP_WORKER_BIN: path });
    expect(code).toBe(1);
    expect(failures(lines)).toEqual([expect.stringMatching(said)]);
  });

  it('a database and a Redis that are not there, and folders that cannot be', async () => {
    const port = await freePort();
    const away = await doctor({
      DATABASE_URL: `postgres://parley:secret-word@127.0.0.1:${port}/parley`,
      REDIS_URL: `redis://127.0.0.1:${port}`,
      MEDIA_ENGINE: 'none',
    });
    expect(away.code).toBe(1);
    expect(failures(away.lines)).toEqual([
      expect.stringMatching(/^failed +database: cannot be used \(ECONNREFUSED\): check DATABASE_URL/),
      expect.stringMatching(/^failed +Redis: cannot be used \(ECONNREFUSED\): check REDIS_URL/),
    ]);
    expect(away.lines.join()).not.toContain('secret-word');
    const { lines } = await doctor({ DATABASE_URL: 'sqlite:/dev/null/parley.db', MEDIA_ENGINE: 'none' });
    expect(failures(lines)).toEqual([
      expect.stringMatching(/database: \/dev\/null\/parley.db cannot be written/),
    ]);
  });

  it('a configuration that cannot be, in Chinese', async () => {
    const { code, lines } = await doctor({ PORT: 'eighty', LANG: 'zh_CN.UTF-8' });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^失败 +配置: PORT=eighty is not valid.*；请更正该变量$/)]);
  });
});

describe('while the server runs', () => {
  let server: ServerProcess;
  let env: Record<string, string>;
  beforeAll(async () => {
    const port = await freePort();
    env = {
      PORT: String(port),
      MEDIA_ENGINE: 'embedded',
      RTC_PORT: await rtcPort(),
      RTC_ANNOUNCED_ADDRESS: '127.0.0.1',
      DATA_DIR: await mkdtemp(join(dataDir, 'server-')),
      PUBLIC_URL: `http://localhost:${port}`,
      LOG_LEVEL: 'error',
      ...(process.env.MEDIASOUP_WORKER_BIN ? { MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN } : {}),
    };
    server = await startProcess(env);
  });
  afterAll(() => server.stop());
  afterEach(() => expect(server.words()).not.toMatch(/"level":50/));

  it('its ports are its own and answer, over UDP and TCP, and PUBLIC_URL leads to it', async () => {
    const { code, lines } = await doctor(env);
    expect(failures(lines)).toEqual([]);
    expect(code).toBe(0);
    const report = lines.join('\n');
    for (const said of [
      /ok +server: runs at /,
      /ok +media ports: \S+, UDP and TCP, are in use, as they should be/,
      /ok +reaching UDP 127\.0\.0\.1:\d+: answers/,
      /ok +reaching TCP 127\.0\.0\.1:\d+: answers/,
      /ok +PUBLIC_URL: leads to this server, WebSockets included/,
    ]) {
      expect(report).toMatch(said);
    }
  });

  it('was started with other media ports', async () => {
    const { code, lines } = await doctor({ ...env, RTC_PORT: await rtcPort() });
    expect(code).toBe(1);
    expect(failures(lines)[0]).toMatch(/the running server does not listen on UDP port \d+: restart it/);
  });

  it('was started with other keys', async () => {
    const { code, lines } = await doctor({ ...env, API_KEYS: `other:${TEST_SECRET}` });
    expect(code).toBe(1);
    expect(failures(lines)[0]).toMatch(/is no Parley with this configuration \(API_KEYS\)/);
  });

  it('as a LiveKit server of somebody else: the key is taken, another is not, nobody is not there', async () => {
    const cluster = (url: string, secret: string) =>
      doctor({ LIVEKIT_URL: url, LIVEKIT_API_KEY: TEST_KEY, LIVEKIT_API_SECRET: secret });
    const right = await cluster(server.url, TEST_SECRET);
    expect(right.lines.join('\n')).toMatch(/ok +LiveKit cluster: \S+ takes the key/);
    expect(right.code).toBe(0);
    const wrong = await cluster(server.url, `not ${TEST_SECRET}`);
    expect(failures(wrong.lines)).toEqual([expect.stringMatching(/LiveKit cluster: \S+ refuses the key/)]);
    const away = await cluster(`ws://127.0.0.1:${await freePort()}`, TEST_SECRET);
    expect(failures(away.lines)).toEqual([expect.stringMatching(/LiveKit cluster: \S+ cannot be used \(/)]);
  });

  it('PUBLIC_URL leads elsewhere', async () => {
    const elsewhere = await doctor({ ...env, PUBLIC_URL: `http://localhost:${await freePort()}` });
    expect(failures(elsewhere.lines)).toEqual([
      expect.stringMatching(/PUBLIC_URL: \S+ cannot be reached \(.*ECONNREFUSED/),
    ]);
    const unknown = await doctor({ ...env, PUBLIC_URL: 'https://nowhere.invalid' });
    expect(failures(unknown.lines)).toEqual([
      expect.stringMatching(/the name nowhere\.invalid is not known/),
    ]);
  });
});
