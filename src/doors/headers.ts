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

/** What helmet sends by default, but for what differs below; some of it is for browsers of long ago. */
const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

const PAGES = {
  ...EVERYWHERE,
  'content-security-policy': PAGE_POLICY,
  // Host applications show the pictures that are served here, and LiveKit's and WHIP's clients come from anywhere.
  'cross-origin-resource-policy': 'cross-origin',
};

/** An answer of the API that a browser shows as a page may do nothing there, and stays with nobody on the way. */
const API = {
  ...EVERYWHERE,
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  // Nobody embeds these answers. A page of another origin that CORS lets in reads them all the same:
  // browsers apply this to requests without CORS alone (an <img>, a <script>).
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const YEAR_S = 365 * 24 * 3600;

export interface HeaderOptions {
  tls: boolean;
  /** A LiveKit cluster's address, whose API the app's pages speak to: `https://livekit.example.com`. */
  cluster?: string | undefined;
}

/** Headers that make browsers careful. They are texts made once: every answer of the API has them. */
export function addSecurityHeaders(http: FastifyInstance, options: HeaderOptions): void {
  const strict = options.tls ? { 'strict-transport-security': `max-age=${YEAR_S}; includeSubDomains` } : {};
  const cluster = options.cluster === undefined ? '' : ` ${new URL(options.cluster).origin}`;
  const policy = PAGE_POLICY.replace(' ws: wss:', ` ws: wss:${cluster}`);
  const pages = { ...PAGES, 'content-security-policy': policy, ...strict };
  const api = { ...API, ...strict };
  http.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.url.startsWith('/api/') ? api : pages);
    done();
  });
}
