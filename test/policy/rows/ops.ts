import type { Rows } from '../row.ts';
import { open } from '../row.ts';

const page = (path: string) => [open(() => ({ path }))];

/** What operators and readers open; nothing in it is anybody's. */
export const opsRows: Rows = {
  'GET /openapi.json': page('/openapi.json'),
  'GET /asyncapi.json': page('/asyncapi.json'),
  'GET /docs': page('/docs'),
  'GET /docs/sockets': page('/docs/sockets'),
  'GET /health': page('/health'),
  'GET /ready': page('/ready'),
  'GET /metrics': page('/metrics'),
};

/** Files of the app and of the documentation, named by what was built. */
export const isFile = (route: string) =>
  /^GET (\/|\/index\.html|\/favicon\.svg|\/layers\.css|(\/docs)?\/assets\/[^:*]+)$/.test(route);
