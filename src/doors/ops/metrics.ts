import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Type } from 'typebox';
import type { App } from '../../core/app.ts';
import { countCalls } from './call-metrics.ts';
import { measureMedia } from './media-metrics.ts';

/** What `/metrics` shows. No label is a person, a call or anything else a client may choose. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #relay: Histogram;
  readonly #refused: ((reason: string) => void) | undefined;

  constructor(app: App) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    countCalls(app, this.#registry);
    this.#refused = app.media && measureMedia(app, app.media, this.#registry);
    new Gauge({
      name: 'parley_sockets',
      help: 'Open sockets of this node.',
      registers,
      collect() {
        this.set(app.presence.local.count);
      },
    });
    this.#relay = new Histogram({
      name: 'parley_relay_delay_seconds',
      help: 'From the arrival of a relayed frame to its sending on; one in sixteen is measured.',
      buckets: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025, 0.1],
      registers,
    });
  }

  relayed(seconds: number): void {
    this.#relay.observe(seconds);
  }

  /** Somebody was not let into a room, for one of few reasons. */
  refused(reason: string): void {
    this.#refused?.(reason);
  }

  /** Counts the requests of every route that is added after this, and adds `/metrics`. */
  open(http: FastifyInstance): void {
    const duration = new Histogram({
      name: 'parley_http_request_seconds',
      help: 'HTTP requests by route.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers: [this.#registry],
    });
    // Labels are looked up once per route and status, not once per request.
    const children = new Map<string, { observe(seconds: number): void }>();
    http.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      const key = `${request.method} ${route} ${reply.statusCode}`;
      let child = children.get(key);
      if (!child) {
        child = duration.labels(request.method, route, String(reply.statusCode));
        children.set(key, child);
      }
      child.observe(reply.elapsedTime / 1000);
      done();
    });
    http.get(
      '/metrics',
      {
        config: { access: 'public' },
        schema: {
          summary: 'Metrics for Prometheus',
          tags: ['ops'],
          security: [],
          response: { 200: { content: { 'text/plain': { schema: Type.String() } } } },
        },
      },
      async (_, reply) => {
        reply.type(this.#registry.contentType);
        return this.#registry.metrics();
      },
    );
  }
}
