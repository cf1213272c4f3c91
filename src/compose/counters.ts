import { MemoryCounters } from '../adapters/counters/memory.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../ports/clock.ts';
import type { Counters } from '../ports/counters.ts';

/** One node counts for itself; several count in Redis, whose client is loaded when it is chosen. */
export async function openCounters(
  { redisUrl }: Pick<Config, 'redisUrl'>,
  clock: Clock,
  failed: (what: string, error: unknown) => void,
): Promise<Counters> {
  const local = new MemoryCounters({ clock });
  if (redisUrl === undefined) return local;
  const { RedisCounters } = await import('../adapters/counters/redis.ts');
  return new RedisCounters({ url: redisUrl, clock, local, failed });
}
