import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ChildServer, folderFor, startChild } from './child-server.ts';
import { freePort } from './free-port.ts';

/** The version that the tests and the bench compare with. */
const VERSION = 'v1.13.5';
const MODULE = `github.com/livekit/livekit-server/cmd/server@${VERSION}`;

export const LIVEKIT_KEY = 'devkey';
export const LIVEKIT_SECRET = 'a-secret-of-at-least-32-characters';

/** Go builds the real server the first time (about two minutes); then it is taken from the cache. */
export function liveKitProgram(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'parley', 'livekit-server', VERSION);
  const path = join(folder, 'server');
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('go', ['install', MODULE], { env: { ...process.env, GOBIN: folder }, stdio: 'inherit' });
  } catch (cause) {
    throw new Error(`the LiveKit server could not be built; it needs Go 1.26 or newer: ${cause}`, { cause });
  }
  return path;
}

export interface LiveKitNode extends ChildServer {
  url: string;
}

/** One LiveKit node on loopback; several with one Redis are a cluster. */
export async function startLiveKit(settings: {
  webhookUrls?: readonly string[];
  redis?: string;
}): Promise<LiveKitNode> {
  const folder = folderFor('livekit', undefined);
  const [port, tcp, udp] = [await freePort(), await freePort(), await freePort()];
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      tcp_port: tcp,
      udp_port: udp,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      enable_loopback_candidate: true,
      interfaces: { includes: ['lo'] },
      ips: { includes: ['127.0.0.1/32'] },
    },
    keys: { [LIVEKIT_KEY]: LIVEKIT_SECRET },
    ...(settings.webhookUrls ? { webhook: { api_key: LIVEKIT_KEY, urls: settings.webhookUrls } } : {}),
    ...(settings.redis ? { redis: { address: settings.redis } } : {}),
    logging: { level: 'error' },
  };
  const file = join(folder, 'livekit.json');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(config));
  const url = `ws://127.0.0.1:${port}`;
  const child = await startChild({
    name: 'LiveKit',
    account: undefined,
    folder,
    command: [liveKitProgram(), '--config', file],
    answers: async () => {
      const answer = await fetch(url.replace('ws', 'http'));
      if (!answer.ok) throw new Error(`LiveKit answers ${answer.status}`);
    },
  });
  return { ...child, url };
}
