import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, integer, list, oneOf, url, wrong } from './checks.ts';
import type { Env } from './env.ts';
import type { MailConfig } from './mail.ts';
import { mailFrom } from './mail.ts';
import type { MediaConfig } from './media.ts';
import { mediaFrom } from './media.ts';

/** The settings of one server: typed, checked, frozen. Durations in milliseconds, secrets included. */
export interface Config {
  port: number;
  host: string;
  tls: { certFile: string; keyFile: string } | undefined;
  trustProxy: boolean | string;
  corsOrigins: readonly string[];
  publicUrl: string | undefined;
  dataDir: string;
  databaseUrl: string;
  redisUrl: string | undefined;
  /** API key -> secret; empty means one is made on first start. */
  apiKeys: Readonly<Record<string, string>>;
  media: MediaConfig;
  mail: MailConfig;
  stunUrls: readonly string[];
  turnUrls: readonly string[];
  turnSecret: string | undefined;
  ringMs: number;
  graceMs: number;
  callMaxMs: number;
  callPolicy: 'contacts' | 'anyone';
  /** Gets every event of the log, signed. */
  webhook: { url: string; secret: string } | undefined;
  rateLimits: boolean;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

const DAY_S = 24 * 3600;

/** Throws `ConfigError` naming the variable, the value and what would be right. */
export function configFrom(env: Env): Config {
  const dataDir = resolve(env.DATA_DIR ?? 'data');
  const config: Config = {
    port: integer(env, 'PORT', 8000, 0, 65535),
    host: env.HOST ?? '0.0.0.0',
    tls: tls(env),
    trustProxy: trustProxy(env),
    corsOrigins: list(
      env,
      'CORS_ORIGINS',
      /^(\*|https?:\/\/[^/\s]+)$/,
      'origins such as https://app.example.com',
    ),
    publicUrl: url(env, 'PUBLIC_URL', ['http://', 'https://']),
    dataDir,
    databaseUrl:
      url(env, 'DATABASE_URL', ['sqlite:', 'postgres://', 'postgresql://', 'mysql://', 'mariadb://']) ??
      `sqlite:${join(dataDir, 'parley.db')}`,
    redisUrl: url(env, 'REDIS_URL', ['redis://', 'rediss://']),
    apiKeys: apiKeys(env),
    media: mediaFrom(env),
    mail: mailFrom(env),
    stunUrls: list(env, 'STUN_URLS', /^stuns?:[^\s/]+$/, 'addresses such as stun:stun.example.com:3478'),
    turnUrls: list(
      env,
      'TURN_URLS',
      /^turns?:[^\s/]+$/,
      'addresses such as turn:turn.example.com:3478?transport=udp',
    ),
    turnSecret: env.TURN_SECRET,
    ringMs: integer(env, 'RING_TIMEOUT_S', 45, 1, 600) * 1000,
    graceMs: integer(env, 'RECONNECT_GRACE_S', 20, 1, 600) * 1000,
    callMaxMs: integer(env, 'CALL_MAX_S', 4 * 3600, 1, 7 * DAY_S) * 1000,
    callPolicy: oneOf(env, 'CALL_POLICY', ['contacts', 'anyone'], 'contacts'),
    webhook: webhook(env),
    rateLimits: oneOf(env, 'RATE_LIMITS', ['on', 'off'], 'on') === 'on',
    logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
  };
  if (config.turnUrls.length > 0 && config.turnSecret === undefined) {
    throw new ConfigError(
      'TURN_URLS is set but TURN_SECRET is not: expected the secret shared with the TURN server',
    );
  }
  return Object.freeze(config);
}

function tls(env: Env): Config['tls'] {
  if (env.TLS_CERT === undefined && env.TLS_KEY === undefined) return undefined;
  if (env.TLS_CERT === undefined || env.TLS_KEY === undefined) {
    throw new ConfigError('TLS_CERT and TLS_KEY go together: expected both or neither');
  }
  for (const name of ['TLS_CERT', 'TLS_KEY'] as const) {
    const file = env[name] ?? '';
    if (!existsSync(file)) throw wrong(name, file, 'the path of a PEM file that exists');
  }
  return { certFile: env.TLS_CERT, keyFile: env.TLS_KEY };
}

function trustProxy(env: Env): Config['trustProxy'] {
  const value = env.TRUST_PROXY;
  if (value === undefined || value === 'off') return false;
  if (value === 'on') return true;
  if (!/^[0-9a-fA-F.:/, ]+$/.test(value))
    throw wrong('TRUST_PROXY', value, 'on, off, or addresses of proxies');
  return value;
}

function webhook(env: Env): Config['webhook'] {
  const address = url(env, 'WEBHOOK_URL', ['http://', 'https://']);
  if (address === undefined) return undefined;
  const { username, password } = new URL(address);
  if (username !== '' || password !== '') {
    // The value is not repeated: it holds a secret.
    throw new ConfigError(
      'WEBHOOK_URL holds credentials: expected an address without, signed by WEBHOOK_SECRET',
    );
  }
  if (env.WEBHOOK_SECRET === undefined) {
    throw new ConfigError(
      'WEBHOOK_URL is set but WEBHOOK_SECRET is not: expected the secret its signatures are made with',
    );
  }
  return { url: address, secret: env.WEBHOOK_SECRET };
}

function apiKeys(env: Env): Record<string, string> {
  const right = 'key:secret,... with secrets of at least 32 characters';
  const pairs = list(env, 'API_KEYS', /^[\w-]{1,64}:.{32,}$/, right);
  const keys = pairs.map((pair): [string, string] => {
    const at = pair.indexOf(':');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  if (keys.some(([key]) => key === 'parley'))
    throw wrong('API_KEYS', 'parley', 'keys other than parley, our own');
  return Object.fromEntries(keys);
}

/** An address with its password hidden; whatever a query says may be one too. */
function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.password === '' && url.search === '') return address;
  if (url.password !== '') url.password = 'hidden';
  for (const name of new Set(url.searchParams.keys())) url.searchParams.set(name, 'hidden');
  return url.href;
}

/** What `--check-config` prints: everything, with secrets hidden. */
export function printable(config: Config): Record<string, unknown> {
  const hidden = '(hidden)';
  return {
    ...config,
    databaseUrl: withoutSecrets(config.databaseUrl),
    redisUrl: config.redisUrl === undefined ? undefined : withoutSecrets(config.redisUrl),
    apiKeys: Object.fromEntries(Object.keys(config.apiKeys).map((key) => [key, hidden])),
    turnSecret: config.turnSecret === undefined ? undefined : hidden,
    media: {
      ...config.media,
      livekit: config.media.livekit && { ...config.media.livekit, secret: hidden },
      webhookUrls: config.media.webhookUrls.map(withoutSecrets),
    },
    mail: {
      ...config.mail,
      smtpUrl: config.mail.smtpUrl === undefined ? undefined : withoutSecrets(config.mail.smtpUrl),
    },
    webhook: config.webhook && { url: withoutSecrets(config.webhook.url), secret: hidden },
  };
}
