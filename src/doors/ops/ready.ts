import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { App } from '../../core/app.ts';

/** Who does not answer by then does not answer. */
const PATIENCE_MS = 2_000;

const Check = Type.Union([Type.Literal('ok'), Type.Literal('unavailable')]);
const Answer = Type.Object({
  status: Check,
  checks: Type.Object({ database: Check, bus: Check, engine: Check }),
});

/** `/ready`: everything a request may need answers; each part by name. */
export function addReady(http: FastifyInstance, { store, bus, engine }: App): void {
  http.get(
    '/ready',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Database, bus and engine answer',
        tags: ['ops'],
        security: [],
        response: { 200: Answer, 503: Answer },
      },
    },
    async (_, reply) => {
      const [database, busState, engineState] = await Promise.all([check(store), check(bus), check(engine)]);
      const checks = { database, bus: busState, engine: engineState };
      const status = Object.values(checks).every((state) => state === 'ok') ? 'ok' : 'unavailable';
      return reply.code(status === 'ok' ? 200 : 503).send({ status, checks });
    },
  );
}

async function check(part: { ping(): Promise<void> }): Promise<'ok' | 'unavailable'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'unavailable'>((resolve) => {
    timer = setTimeout(() => resolve('unavailable'), PATIENCE_MS);
  });
  const answer = part.ping().then(
    () => 'ok' as const,
    () => 'unavailable' as const,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
