import { isIP } from 'node:net';
import { ConfigError, integer, list, oneOf, url, wrong } from './checks.ts';
import type { Env } from './env.ts';

/** How media is carried that is not peer to peer. Durations in milliseconds unless the name says seconds. */
export interface MediaConfig {
  engine: 'embedded' | 'livekit' | 'none';
  /** The engine was asked for by name: without it the server does not start. */
  asked: boolean;
  /** The first worker's UDP and TCP port, the next ones take the ports after it; 0 takes free ones. */
  rtcPort: number;
  /** Where clients reach the media ports; empty: found from the machine's interfaces. */
  announced: readonly string[];
  /** mediasoup's worker, when it is not the one that set-up made. */
  workerBin: string | undefined;
  /** The cluster's API, with the engine `livekit`. */
  livekit: { url: string; key: string; secret: string } | undefined;
  /** Get LiveKit's own webhooks of the embedded engine. */
  webhookUrls: readonly string[];
  emptyRoomMs: number;
  departureMs: number;
  /** Whether joining with a LiveKit token makes a room that is not there. */
  autoCreate: boolean;
  /** All data blobs of one participant; 0 refuses them. */
  dataBlobBytes: number;
  /** Who takes reliable data slower than this, in bits per second, loses it instead of delaying others. */
  slowReceiverBps: number;
}

export function mediaFrom(env: Env): MediaConfig {
  const engine = oneOf(env, 'MEDIA_ENGINE', ['embedded', 'livekit', 'none'], defaultEngine(env));
  if (engine === 'embedded' && env.REDIS_URL !== undefined) {
    throw new ConfigError(
      'MEDIA_ENGINE=embedded with REDIS_URL: rooms of one node are not reached from another; expected livekit or none',
    );
  }
  return Object.freeze({
    engine,
    asked: env.MEDIA_ENGINE !== undefined,
    rtcPort: integer(env, 'RTC_PORT', 7882, 0, 65535 - 64),
    announced: announced(env),
    workerBin: env.MEDIASOUP_WORKER_BIN,
    livekit: engine === 'livekit' ? livekit(env) : undefined,
    webhookUrls: webhookUrls(env),
    emptyRoomMs: integer(env, 'EMPTY_ROOM_TIMEOUT_S', 300, 1, 86_400) * 1000,
    departureMs: integer(env, 'DEPARTURE_TIMEOUT_S', 20, 1, 3600) * 1000,
    autoCreate: oneOf(env, 'ROOM_AUTO_CREATE', ['on', 'off'], 'on') === 'on',
    dataBlobBytes: integer(env, 'DATA_BLOB_BYTES', 0, 0, 1024 * 1024),
    slowReceiverBps: integer(env, 'SLOW_RECEIVER_BPS', 128_000, 0, 1_000_000_000),
  });
}

/** Several nodes are joined by Redis, and share no embedded engine. */
function defaultEngine(env: Env): MediaConfig['engine'] {
  if (env.LIVEKIT_URL !== undefined) return 'livekit';
  return env.REDIS_URL === undefined ? 'embedded' : 'none';
}

function announced(env: Env): string[] {
  const right = 'IP addresses or a host name, such as 203.0.113.7';
  const addresses = list(env, 'RTC_ANNOUNCED_ADDRESS', /^[^\s/]+$/, right);
  for (const address of addresses) {
    if (isIP(address) === 0 && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(address)) {
      throw wrong('RTC_ANNOUNCED_ADDRESS', address, right);
    }
  }
  return addresses;
}

function webhookUrls(env: Env): string[] {
  const right = 'addresses such as https://example.com/hook';
  const urls = list(env, 'LIVEKIT_WEBHOOK_URLS', /^https?:\/\/[^\s]+$/, right);
  for (const address of urls) {
    const parsed = URL.parse(address);
    if (!parsed) throw wrong('LIVEKIT_WEBHOOK_URLS', address, right);
    if (parsed.username === '' && parsed.password === '') continue;
    // The value is not repeated: it holds a secret.
    throw new ConfigError(
      'LIVEKIT_WEBHOOK_URLS holds credentials: expected addresses without, signed by the first API key',
    );
  }
  return urls;
}

function livekit(env: Env): NonNullable<MediaConfig['livekit']> {
  const address = url(env, 'LIVEKIT_URL', ['ws://', 'wss://', 'http://', 'https://']);
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = env;
  if (address === undefined || key === undefined || secret === undefined) {
    throw new ConfigError('MEDIA_ENGINE=livekit needs LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET');
  }
  return { url: address, key, secret };
}
