import { inject } from 'vitest';
import { FakeEngine } from '../../src/adapters/engine/fake.ts';
import type { Overrides } from '../../src/compose.ts';
import type { Config } from '../../src/config/config.ts';
import type { Env } from '../../src/config/env.ts';
import { mediaFrom } from '../../src/config/media.ts';
import { startCluster } from './cluster.ts';
import { LIVEKIT_KEY, LIVEKIT_SECRET } from './livekit-server.ts';
import { startTestServer, TEST_KEY, TEST_SECRET, type TestServer } from './server.ts';

/** What D and the rest answer somebody who may come in. */
export interface Ticket {
  livekit_url: string;
  token: string;
}

/** A client in a room. */
export interface Guest {
  readonly gone: boolean;
}

/** What carries the rooms of a test, and what LiveKit's SDK for servers reaches it by. */
export interface TestEngine {
  readonly name: 'fake' | 'embedded' | 'livekit';
  /** Where tickets lead; without: to the server that gives them. */
  readonly url?: string;
  readonly key: string;
  readonly secret: string;
  /** For servers that are processes of their own, with `heardAt`. */
  readonly env: Record<string, string>;
  /** A server with it; of several, that all have it. */
  start(settings?: Partial<Config>, overrides?: Overrides): Promise<TestServer>;
  /** Where its webhooks go, where it has some, of several by turns; `start` says so of what it starts. */
  heardAt(server: { readonly url: string }): void;
  /** Its webhooks of these events are lost from now on, where it has some. */
  lose(which: (event: string) => boolean): void;
  enter(ticket: Ticket): Promise<Guest>;
  close(): Promise<void>;
}

/** Whether the tests run in the project `cluster`. */
export const onCluster = (): boolean => inject('engine') === 'livekit';

/** The engine that a file's tests usually have; real LiveKit servers in the project `cluster`. */
export async function engineFor(usual: 'fake' | 'embedded', settings: Env = {}): Promise<TestEngine> {
  if (onCluster()) return cluster(settings);
  return usual === 'fake' ? fake() : embedded(settings);
}

const inProcess = { key: TEST_KEY, secret: TEST_SECRET, heardAt: () => {}, lose: () => {} };

function fake(): TestEngine {
  const engine = new FakeEngine();
  return {
    ...inProcess,
    name: 'fake',
    env: { MEDIA_ENGINE: 'none' },
    start: (given, overrides) => startTestServer(given, { engine, ...overrides }),
    async enter({ token }) {
      const { room, identity } = JSON.parse(Buffer.from(token, 'base64url').toString());
      const { sid } = engine.enter(room, identity, token);
      const guest = { gone: false };
      engine.listen((event) => {
        if (event.type === 'member_left' && event.memberSid === sid) guest.gone = true;
      });
      return guest;
    },
    close: () => engine.close(),
  };
}

/** On free ports, with the set-up's worker, unless somebody tries another one. */
function embedded(settings: Env): TestEngine {
  const { MEDIASOUP_WORKER_BIN } = process.env;
  const env = {
    MEDIA_ENGINE: 'embedded',
    RTC_PORT: '0',
    ...(MEDIASOUP_WORKER_BIN ? { MEDIASOUP_WORKER_BIN } : {}),
  };
  const media = mediaFrom({ ...env, ...settings });
  return {
    ...inProcess,
    name: 'embedded',
    env,
    start: (given, overrides) => startTestServer({ media, ...given }, overrides),
    enter: comeIn,
    close: async () => {},
  };
}

async function cluster(settings: Env): Promise<TestEngine> {
  const servers: { readonly url: string }[] = [];
  let isLost = (_event: string) => false;
  let count = 0;
  const { url, close } = await startCluster(async (body, authorization) => {
    if (isLost((JSON.parse(body) as { event: string }).event)) return;
    const server = servers[count++ % servers.length];
    const told = await fetch(`${server?.url}/api/webhooks/livekit`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/webhook+json' },
      body,
      // A server that has been closed or killed: what it would have been told is lost.
    }).catch(() => undefined);
    if (told && !told.ok) throw new Error(`a webhook was answered ${told.status}`);
  });
  const env = {
    MEDIA_ENGINE: 'livekit',
    LIVEKIT_URL: url,
    LIVEKIT_API_KEY: LIVEKIT_KEY,
    LIVEKIT_API_SECRET: LIVEKIT_SECRET,
  };
  const media = mediaFrom({ ...env, ...settings });
  return {
    name: 'livekit',
    url,
    key: LIVEKIT_KEY,
    secret: LIVEKIT_SECRET,
    env,
    async start(given, overrides) {
      const server = await startTestServer({ media, ...given }, overrides);
      servers.push(server);
      const end = async () => {
        servers.splice(servers.indexOf(server), 1);
        await server.close();
      };
      return { ...server, close: end };
    },
    heardAt: (server) => void servers.push(server),
    lose(which) {
      isLost = which;
    },
    enter: comeIn,
    close,
  };
}

/** LiveKit's client for Node, which is native: loaded where somebody comes in by it. */
async function comeIn({ livekit_url, token }: Ticket): Promise<Guest> {
  const { RtcClient } = await import('./rtc-client.ts');
  return RtcClient.join(livekit_url.replace(/^http/, 'ws'), token);
}
