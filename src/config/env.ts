import { existsSync } from 'node:fs';

/**
 * Every variable Parley reads, and the only reader of `process.env`. What each means and may be is
 * in `.env.example`; a test holds the two together.
 */
export const CONFIG_VARIABLES = [
  'PORT',
  'HOST',
  'TLS_CERT',
  'TLS_KEY',
  'TRUST_PROXY',
  'CORS_ORIGINS',
  'PUBLIC_URL',
  'DATA_DIR',
  'DATABASE_URL',
  'REDIS_URL',
  'API_KEYS',
  'MEDIA_ENGINE',
  'RTC_PORT',
  'RTC_ANNOUNCED_ADDRESS',
  'MEDIASOUP_WORKER_BIN',
  'LIVEKIT_URL',
  'LIVEKIT_API_KEY',
  'LIVEKIT_API_SECRET',
  'LIVEKIT_WEBHOOK_URLS',
  'EMPTY_ROOM_TIMEOUT_S',
  'DEPARTURE_TIMEOUT_S',
  'ROOM_AUTO_CREATE',
  'DATA_BLOB_BYTES',
  'SLOW_RECEIVER_BPS',
  'STUN_URLS',
  'TURN_URLS',
  'TURN_SECRET',
  'RING_TIMEOUT_S',
  'RECONNECT_GRACE_S',
  'CALL_MAX_S',
  'CALL_POLICY',
  'SMTP_URL',
  'MAIL_FROM',
  'WEBHOOK_URL',
  'WEBHOOK_SECRET',
  'RATE_LIMITS',
  'LOG_LEVEL',
  'NODE_ENV',
] as const;

export type ConfigVariable = (typeof CONFIG_VARIABLES)[number];
/** As the environment has it: flat, optional, unchecked. An empty text counts as absent. */
export type Env = Partial<Record<ConfigVariable, string>>;

/** Reads the environment, and `.env` in the working folder where there is one (the environment wins). */
export function readEnv(): Env {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const env: Env = {};
  for (const name of CONFIG_VARIABLES) {
    const value = process.env[name];
    if (value !== undefined && value !== '') env[name] = value;
  }
  return env;
}
