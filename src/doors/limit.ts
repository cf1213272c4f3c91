import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../core/app.ts';
import { ParleyError, toParleyError } from '../core/errors.ts';
import { customerOf } from './address.ts';
import type { Route } from './route.ts';

const UNIT_MS = { min: 60_000, h: 3_600_000, day: 86_400_000 };

/** How often, as contracts write it: `5/min`. */
export type Rate = `${number}/${keyof typeof UNIT_MS}`;
/** A rate; behind it the keys of refusals that do not count. */
export type Limit = Rate | readonly [rate: Rate, ...spared: string[]];
/** A line for each route, which is named as `METHOD /path`. */
export type Limits = Readonly<Record<string, Limit>>;

export const routeName = ({ method, url }: Pick<Route, 'method' | 'url'>): string => `${method} ${url}`;

const budgetOf = (rate: Rate) => {
  const [count, unit] = rate.split('/') as [string, keyof typeof UNIT_MS];
  return { limit: Number(count), windowMs: UNIT_MS[unit] };
};

/**
 * How often one person, or one address without a good token, may call one route. Everything that is
 * asked counts, also what is then refused; what comes over the limit is 429 and does not make the wait
 * longer. Services are not counted: they act for all people of a host application.
 */
export class RouteLimit {
  readonly #app: App;
  readonly #name: string;
  readonly #budget: ReturnType<typeof budgetOf>;
  readonly #spared: ReadonlySet<string>;

  constructor(app: App, name: string, limit: Limit) {
    const [rate, ...spared] = typeof limit === 'string' ? [limit] : limit;
    this.#app = app;
    this.#name = name;
    this.#budget = budgetOf(rate);
    this.#spared = new Set(spared);
  }

  /** Throws `limit` when it is used up. The answer tells what is left, whatever it is. */
  async count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.principal?.kind === 'service') return;
    const { limit, windowMs } = this.#budget;
    const { count, room, resetAt } = await this.#app.counters.hit(this.#keyOf(request), this.#budget);
    const wait = this.#waitUntil(resetAt);
    reply.headers({
      'ratelimit-policy': `${limit};w=${windowMs / 1000}`,
      'ratelimit-limit': limit,
      'ratelimit-remaining': limit - count,
      'ratelimit-reset': wait,
    });
    if (!room) throw new ParleyError('limit', 'limit', { retryAfter: wait });
  }

  /** Counts for somebody who does the same by another way than the route. Throws `limit`. */
  async spend(userId: number): Promise<void> {
    const { room, resetAt } = await this.#app.counters.hit(this.#keyOfUser(userId), this.#budget);
    if (!room) throw new ParleyError('limit', 'limit', { retryAfter: this.#waitUntil(resetAt) });
  }

  #waitUntil(resetAt: number): number {
    return Math.max(1, Math.ceil((resetAt - this.#app.clock.now()) / 1000));
  }

  /** A refusal that does not count is given back. */
  async refused(request: FastifyRequest, thrown: unknown): Promise<void> {
    if (request.principal?.kind === 'service' || !this.#spared.has(toParleyError(thrown).key)) return;
    await this.#app.counters.giveBack(this.#keyOf(request));
  }

  #keyOf({ principal, ip }: FastifyRequest): string {
    if (principal?.kind === 'user') return this.#keyOfUser(principal.user.id);
    return `${this.#name} ${customerOf(ip)}`;
  }

  #keyOfUser(id: number): string {
    return `${this.#name} user ${id}`;
  }
}
