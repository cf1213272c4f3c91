import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/adapters/clock.ts';
import { Hs256Tokens } from '../../src/adapters/tokens/hs256-tokens.ts';
import type { Overrides, Parley } from '../../src/compose.ts';
import type { Config } from '../../src/config/config.ts';
import { mediaFrom } from '../../src/config/media.ts';
import type { User } from '../../src/core/users/user.ts';
import { start } from '../../src/start.ts';

/** A key that every test server knows beside its own. */
export const TEST_KEY = 'testkey';
export const TEST_SECRET = 'a-secret-for-tests-of-at-least-32-characters';

export interface TestServer extends Parley {
  /** Without a slash at the end. */
  url: string;
  wsUrl: string;
  dataDir: string;
  /** A token that may act for anyone. */
  service: string;
  /** A token as a host application signs it; the person is provisioned by its first use. */
  tokenOf(uid: string, claims?: Record<string, unknown>): Promise<string>;
  /** Somebody, provisioned, with a token of their own. */
  person(uid: string, given?: { id?: number; displayName?: string; avatarUrl?: string }): Promise<Person>;
  /** Makes all of them accepted contacts of each other. */
  befriend(...people: Person[]): Promise<void>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

export interface Person {
  user: User;
  uid: string;
  id: number;
  token: string;
}

/** Most tests are about something else, and a media worker each would be slow. */
export const NO_MEDIA = mediaFrom({ MEDIA_ENGINE: 'none' });
/** The embedded engine on free ports. */
export const EMBEDDED = mediaFrom({
  MEDIA_ENGINE: 'embedded',
  RTC_PORT: '0',
  // The set-up's worker, unless somebody tries another one.
  MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN,
});

const tokens = new Hs256Tokens(systemClock);

/** Signs claims with the test key (or another secret), an hour from now. */
export function sign(claims: Record<string, unknown>, secret = TEST_SECRET): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return tokens.sign(
    { iss: TEST_KEY, iat: now, exp: now + 3600, jti: crypto.randomUUID(), ...claims },
    secret,
  );
}

/** Starts the real server on a free port with throw-away data. */
export async function startTestServer(
  settings: Partial<Config> = {},
  overrides: Overrides = {},
): Promise<TestServer> {
  const dataDir = settings.dataDir ?? (await mkdtemp(join(tmpdir(), 'parley-test-')));
  const parley = await start(
    {
      port: 0,
      host: '127.0.0.1',
      dataDir,
      apiKeys: { [TEST_KEY]: TEST_SECRET },
      rateLimits: false,
      media: NO_MEDIA,
      logLevel: 'fatal',
      ...settings,
    },
    overrides,
  );
  const service = await sign({ scope: 'service' });
  const tokenOf = (uid: string, claims: Record<string, unknown> = {}) => sign({ sub: uid, ...claims });
  return {
    ...parley,
    wsUrl: parley.url.replace(/^http/, 'ws'),
    dataDir,
    service,
    tokenOf,
    async person(uid, given = {}) {
      const user = await parley.app.people.put(uid, given);
      return { user, uid, id: user.id, token: await tokenOf(uid) };
    },
    async befriend(...people) {
      await parley.app.store.transaction(async (tx) => {
        for (const [i, a] of people.entries()) {
          for (const b of people.slice(i + 1)) {
            await tx.contacts.put(Math.min(a.id, b.id), Math.max(a.id, b.id), 'accepted', a.id, Date.now());
          }
        }
      });
    },
    async close() {
      await parley.close();
      if (settings.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What a server answered. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers is what the test is about.
  body: any;
  headers: Headers;
}

/** One request with JSON both ways; a form goes as it is. */
export async function api(
  server: { url: string },
  method: string,
  path: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(options.body === undefined || options.body instanceof FormData
        ? {}
        : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined
      ? {}
      : { body: options.body instanceof FormData ? options.body : JSON.stringify(options.body) }),
  });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not every answer is JSON; the test sees the text.
  }
  return { status: response.status, body, headers: response.headers };
}
