import fastifyCors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The doors of media answer every origin themselves, as their protocols have it. */
const OURS = /^\/(api\/|(health|openapi\.json|asyncapi\.json)($|\?))/;
const MAX_AGE_S = 600;

const TOLD = [
  'Retry-After',
  ...['RateLimit-Policy', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'],
  'Content-Disposition',
];

/**
 * Lets pages of these origins call the API; without any, none. There are no cookies, so nothing is
 * sent that the page does not hold itself.
 */
export async function allowOrigins(http: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  const allowed = {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: TOLD,
    maxAge: MAX_AGE_S,
    strictPreflight: false,
  };
  await http.register(fastifyCors, {
    delegator: (request: FastifyRequest, done) =>
      done(null, OURS.test(request.url) ? allowed : { origin: false }),
  });
}
