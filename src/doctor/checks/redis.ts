import { Redis } from 'ioredis';
import type { Finding, Look } from '../finding.ts';
import { reasonOf } from '../reason.ts';

const TOO_LONG_MS = 5_000;

/** Redis answers, where the configuration names one. */
export async function* redis({ config: { redisUrl } }: Look): AsyncGenerator<Finding> {
  if (redisUrl === undefined) return;
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: TOO_LONG_MS,
    commandTimeout: TOO_LONG_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // `connect` says no more than that it is closed; this says why.
  let why: unknown;
  client.on('error', (error: unknown) => {
    why ??= error;
  });
  try {
    await client.connect();
    await client.ping();
    yield { state: 'ok', what: 'what.redis', say: 'redis.ok' };
  } catch (error) {
    yield {
      state: 'failed',
      what: 'what.redis',
      say: 'redis.failed',
      with: { reason: reasonOf(why ?? error) },
    };
  } finally {
    client.disconnect();
  }
}
