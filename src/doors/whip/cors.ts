import type { FastifyReply, FastifyRequest } from 'fastify';

const DAY_S = 86_400;

/** Pages of any origin may publish and play: what opens the door is a token, never a cookie. */
export function allowAnyPage(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  reply.header('access-control-allow-origin', origin).header('vary', 'Origin');
  reply.header(
    'access-control-expose-headers',
    'Location, ETag, Link, Accept-Patch, Accept-Post, Retry-After',
  );
}

/** Both a preflight and the question what may be posted. */
export function answerOptions(reply: FastifyReply, accepts: string | undefined): FastifyReply {
  if (accepts !== undefined) reply.header('accept-post', accepts);
  return reply
    .header('access-control-allow-methods', 'OPTIONS, POST, PATCH, DELETE')
    .header('access-control-allow-headers', 'Authorization, Content-Type, If-Match')
    .header('access-control-max-age', String(DAY_S))
    .code(204)
    .send();
}
