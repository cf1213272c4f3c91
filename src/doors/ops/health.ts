import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';

/** `/health`: the process answers. It asks nothing of anything else, for a restart would not mend it. */
export function addHealth(http: FastifyInstance): void {
  http.get(
    '/health',
    {
      config: { access: 'public' },
      schema: {
        summary: 'The process answers',
        tags: ['ops'],
        security: [],
        response: { 200: Type.Object({ status: Type.Literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' }),
  );
}
