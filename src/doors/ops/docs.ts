import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

export interface DocsOptions {
  /** The AsyncAPI document of the sockets. */
  asyncapi: object;
}

const ownFiles = fileURLToPath(new URL('./docs/', import.meta.url));
const packages = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/** What the two pages load: the viewers' bundles as npm has them, and our own few lines. No other file is served. */
const ASSETS: Record<string, readonly [file: string, folder: string]> = {
  'page.css': ['page.css', ownFiles],
  'api.js': ['api.js', ownFiles],
  'scalar.js': ['standalone.js', `${packages}@scalar/api-reference/dist/browser/`],
  'asyncapi.js': ['asyncapi-web-component.js', `${packages}@asyncapi/web-component/lib/`],
  'asyncapi.css': ['default.min.css', `${packages}@asyncapi/react-component/styles/`],
};

/**
 * Nothing from elsewhere and no inline script. Both viewers write their own style elements, and the
 * sockets' one compiles JSON schemas, which takes `unsafe-eval`: on its page alone.
 */
const policy = (script: string) =>
  [
    "default-src 'none'",
    `script-src ${script}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const PAGES = [
  { url: '/docs', file: 'api.html', csp: policy("'self'") },
  { url: '/docs/sockets', file: 'sockets.html', csp: policy("'self' 'unsafe-eval'") },
] as const;

/** `/openapi.json`, `/asyncapi.json`, and `/docs`, which shows both without the help of any other host. */
export async function openDocs(http: FastifyInstance, { asyncapi }: DocsOptions): Promise<void> {
  await http.register(async (scope) => {
    await scope.register(fastifyStatic, { root: ownFiles, serve: false });
    const schema = { hide: true };
    scope.get('/openapi.json', { schema }, () => http.swagger());
    scope.get('/asyncapi.json', { schema }, () => asyncapi);
    for (const { url, file, csp } of PAGES) {
      scope.get(url, { schema }, (_, reply) => {
        reply.header('content-security-policy', csp).header('x-content-type-options', 'nosniff');
        return reply.sendFile(file);
      });
    }
    for (const [name, [file, folder]] of Object.entries(ASSETS)) {
      scope.get(`/docs/assets/${name}`, { schema }, (_, reply) => reply.sendFile(file, folder));
    }
  });
}
