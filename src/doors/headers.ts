import type { FastifyInstance } from 'fastify';

/** What the app's pages may do. Nothing inline; media and sockets of this server; pictures of people from anywhere. */
const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(';');

/** What every answer says: guess no types, tell other sites nothing, and what we serve may be used from anywhere. */
const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Avatars come from other hosts, and host applications' pages call the API.
  'cross-origin-resource-policy': 'cross-origin',
};

const PAGES = {
  ...EVERYWHERE,
  'content-security-policy': PAGE_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-frame-options': 'DENY',
};

/** An answer of the API that a browser shows as a page may do nothing there. */
const API = { ...EVERYWHERE, 'content-security-policy': "default-src 'none';frame-ancestors 'none'" };

const YEAR_S = 365 * 24 * 3600;

/** Headers that make browsers careful. They are texts made once: every answer of the API has them. */
export function addSecurityHeaders(http: FastifyInstance, options: { tls: boolean }): void {
  const strict = options.tls ? { 'strict-transport-security': `max-age=${YEAR_S}; includeSubDomains` } : {};
  const pages = { ...PAGES, ...strict };
  const api = { ...API, ...strict };
  http.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.url.startsWith('/api/') ? api : pages);
    done();
  });
}
