import { Redis, type Result } from 'ioredis';
import type { Clock } from '../../ports/clock.ts';
import type { Budget, Counters, Tally } from '../../ports/counters.ts';

/**
 * A list of times, the newest first. One script does all, so that nodes cannot step between reading and
 * writing; the time is the asking node's, as it is for everything else that nodes share.
 */
const SCRIPT = `
local now, window, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local oldest = redis.call('LINDEX', KEYS[1], -1)
while oldest and tonumber(oldest) <= now - window do
  redis.call('RPOP', KEYS[1])
  oldest = redis.call('LINDEX', KEYS[1], -1)
end
local count = redis.call('LLEN', KEYS[1])
local last = redis.call('LINDEX', KEYS[1], 0)
local room = count < limit
if room and ARGV[4] == 'hit' then
  redis.call('LPUSH', KEYS[1], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], window)
  count = count + 1
  oldest = oldest or ARGV[1]
end
return { count, room and 1 or 0, oldest or '', last or '' }
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    tally(
      key: string,
      now: number,
      windowMs: number,
      limit: number,
      how: 'hit' | 'look',
    ): Result<[count: number, room: 0 | 1, oldest: string, last: string], Context>;
  }
}

/** Longer is not worth a request's while: then it is counted here. */
const PATIENCE_MS = 500;
/** How long nobody asks a Redis that has not answered. */
const REST_MS = 1000;

export interface RedisCountersOptions {
  url: string;
  clock: Clock;
  /** Counts while Redis is away. */
  local: Counters;
  /** Told once per outage. */
  failed: (what: string, error: unknown) => void;
}

/** Counters that all nodes share. While Redis is away each node counts for itself: better than not at all, or than nobody served. */
export class RedisCounters implements Counters {
  readonly #redis: Redis;
  readonly #clock: Clock;
  readonly #local: Counters;
  readonly #failed: RedisCountersOptions['failed'];
  /** Of the machine's own clock: tests may hold the other one. */
  #restUntil = 0;
  #away = false;
  #closed = false;

  constructor({ url, clock, local, failed }: RedisCountersOptions) {
    this.#clock = clock;
    this.#local = local;
    this.#failed = failed;
    this.#redis = new Redis(url, {
      retryStrategy: (times) => Math.min(50 * 2 ** times, REST_MS),
      connectTimeout: 5000,
      enableOfflineQueue: false,
      commandTimeout: PATIENCE_MS,
      maxRetriesPerRequest: 0,
      keyPrefix: 'parley:count:',
    });
    this.#redis.defineCommand('tally', { numberOfKeys: 1, lua: SCRIPT });
    this.#redis.on('error', (error: unknown) => this.#lost(error));
  }

  hit(key: string, budget: Budget): Promise<Tally> {
    return this.#shared(
      () => this.#tally(key, budget, 'hit'),
      () => this.#local.hit(key, budget),
    );
  }

  look(key: string, budget: Budget): Promise<Tally> {
    return this.#shared(
      () => this.#tally(key, budget, 'look'),
      () => this.#local.look(key, budget),
    );
  }

  giveBack(key: string): Promise<void> {
    return this.#shared(
      async () => void (await this.#redis.lpop(key)),
      () => this.#local.giveBack(key),
    );
  }

  forget(key: string): Promise<void> {
    return this.#shared(
      async () => void (await this.#redis.del(key)),
      () => this.#local.forget(key),
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#redis.disconnect();
    await this.#local.close();
  }

  async #shared<T>(ask: () => Promise<T>, alone: () => Promise<T>): Promise<T> {
    if (this.#redis.status !== 'ready' || performance.now() < this.#restUntil) return alone();
    try {
      const answer = await ask();
      this.#away = false;
      return answer;
    } catch (error) {
      this.#restUntil = performance.now() + REST_MS;
      this.#lost(error);
      return alone();
    }
  }

  async #tally(key: string, { windowMs, limit }: Budget, how: 'hit' | 'look'): Promise<Tally> {
    const now = this.#clock.now();
    const [count, room, oldest, last] = await this.#redis.tally(key, now, windowMs, limit, how);
    return {
      count,
      room: room === 1,
      resetAt: oldest === '' ? now : Number(oldest) + windowMs,
      lastAt: last === '' ? null : Number(last),
    };
  }

  #lost(error: unknown): void {
    if (this.#away || this.#closed) return;
    this.#away = true;
    this.#failed('count requests in Redis, and counts on this node alone', error);
  }
}
