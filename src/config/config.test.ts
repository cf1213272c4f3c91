import { expect, test } from 'vitest';
import { configFrom, printable } from './config.ts';

const WEBHOOK_SECRET = 'the-secret-of-the-webhook';

test.each([
  { DATABASE_URL: 'postgres://parley:a-secret@db.example.com/parley' },
  { DATABASE_URL: 'postgres://parley:a%40secret%2fa-secret@db.example.com/parley' },
  { DATABASE_URL: 'postgres://db.example.com/parley?user=parley&password=a-secret' },
  { DATABASE_URL: 'mysql://parley:a-secret@db.example.com/parley?ssl=a-secret' },
  { REDIS_URL: 'redis://:a-secret@redis.example.com:6379' },
  { REDIS_URL: 'rediss://parley:a-secret@redis.example.com:6379/2' },
  { WEBHOOK_URL: 'https://app.example.com/hook?key=a-secret', WEBHOOK_SECRET },
  { LIVEKIT_WEBHOOK_URLS: 'https://app.example.com/hook?key=a-secret' },
])('what is printed of %j hides the secret and shows where', (env) => {
  const text = JSON.stringify(printable(configFrom(env)));
  expect(text).not.toContain('a-secret');
  expect(text).not.toContain(WEBHOOK_SECRET);
  expect(text).toMatch(/(db|redis|app)\.example\.com/);
});

test('an address without secrets is printed as it is', () => {
  const env = { DATABASE_URL: 'sqlite:/var/lib/parley/my calls.db', REDIS_URL: 'redis://redis:6379' };
  expect(printable(configFrom(env))).toMatchObject({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
  });
});

test('a webhook’s address with credentials is refused, for nothing could be sent there', () => {
  const env = { WEBHOOK_URL: 'https://parley:a-secret@app.example.com/hook', WEBHOOK_SECRET };
  expect(() => configFrom(env)).toThrow(/^WEBHOOK_URL holds credentials/);
  expect(() => configFrom(env)).not.toThrow(/a-secret/);
});

test.each([
  ['http://[', /^LIVEKIT_WEBHOOK_URLS=http:\/\/\[ is not valid/],
  ['https://app.example.com/hook,https://parley:a-secret@b.example.com', /^LIVEKIT_WEBHOOK_URLS holds cred/],
])('LiveKit’s webhooks go nowhere at %s', (urls, refusal) => {
  const env = { LIVEKIT_WEBHOOK_URLS: urls };
  expect(() => configFrom(env)).toThrow(refusal);
  expect(() => configFrom(env)).not.toThrow(/a-secret/);
});
