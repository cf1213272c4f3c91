import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where LiveKit's clients knock; `/` is how they find out whether they are online. */
const OURS = /^\/{0,2}(\/|\/rtc|\/rtc\/.*|\/twirp\/.*)$/;
const DAY_S = 86_400;

/**
 * Pages of any origin may use these addresses, as on a LiveKit server: what opens them is a token
 * that the page was given, never a cookie. Without these headers on a 404 the clients do not fall
 * back to the protocol that is spoken here.
 */
export function allowEveryOrigin(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    if (origin === undefined || !OURS.test(pathOf(request))) return done();
    reply.header('access-control-allow-origin', origin).header('vary', 'Origin');
    reply.header('access-control-expose-headers', '*');
    if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
      answerPreflight(request, reply);
      return;
    }
    done();
  });
}

function answerPreflight(request: FastifyRequest, reply: FastifyReply): void {
  const asked = request.headers['access-control-request-headers'];
  if (asked !== undefined) reply.header('access-control-allow-headers', asked);
  reply.header('access-control-allow-methods', 'OPTIONS, HEAD, GET, POST, PATCH, DELETE');
  reply.header('access-control-max-age', String(DAY_S)).code(204).send();
}

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '/';
