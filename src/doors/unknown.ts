import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../core/errors.ts';
import { answerError } from './http.ts';
import type { Door } from './route.ts';

/** The door whose prefix is the longest that the path lies under. */
export function doorOf(doors: readonly Door[], path: string): Door | undefined {
  let best: { door: Door; length: number } | undefined;
  for (const door of doors) {
    for (const prefix of door.prefixes) {
      // A prefix that ends in a slash means what is below it and not itself.
      const under = path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
      if (under && prefix.length > (best?.length ?? 0)) best = { door, length: prefix.length };
    }
  }
  return best?.door;
}

/** Unknown routes answer in the envelope of their prefix; what `wantsPage` picks out gets the app. */
export function answerUnknown(
  http: FastifyInstance,
  doors: readonly Door[],
  wantsPage: (request: FastifyRequest) => boolean,
): void {
  http.setNotFoundHandler((request, reply) => {
    if (wantsPage(request)) return reply.sendFile('index.html');
    const door = doorOf(doors, request.url.split('?', 1)[0] ?? '/') ?? doors[0];
    if (!door) return reply.code(404).send();
    return answerError(door, notFound('route.unknown'), request, reply);
  });
  // What is no door's: probes, documents, pages.
  http.setErrorHandler(answerOutside(doors));
}

/** Answers an error outside every route in the envelope of the address's prefix. */
export const answerOutside =
  (doors: readonly Door[]) => (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const door = doorOf(doors, request.url.split('?', 1)[0] ?? '/') ?? doors[0];
    if (!door) return reply.code(500).send();
    return answerError(door, error, request, reply);
  };
