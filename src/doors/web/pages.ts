import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Serves the built app: files as they are, hashed ones for ever, and the app's page for every address
 * that is a page's. False where the app has not been built.
 */
export async function openPages(http: FastifyInstance, folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'index.html'))) return false;
  await http.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      const forever = path.includes('/assets/');
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  http.get('/', (_, reply) => reply.sendFile('index.html'));
  return true;
}

/** An address that somebody typed or followed, not one that a program asks. */
export const wantsPage = (request: FastifyRequest): boolean =>
  request.method === 'GET' &&
  (request.headers.accept ?? '').includes('text/html') &&
  !/^\/(api|ws|docs|health|ready|metrics)(\/|$)/.test(request.url.split('?', 1)[0] ?? '') &&
  !/\.[a-z0-9]+$/i.test(request.url.split('?', 1)[0] ?? '');
