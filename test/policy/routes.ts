import type { TestServer } from '../support/server.ts';

/**
 * Every route the running server has registered, as `METHOD /path`, read from the router itself.
 * HEAD comes with GET, and OPTIONS is CORS's: they answer nothing of their own.
 */
export function registeredRoutes(server: TestServer): string[] {
  const printed = server.http.printRoutes({ commonPrefix: false, includeHooks: false });
  const path: string[] = [];
  const found: string[] = [];
  for (const line of printed.split('\n')) {
    const match = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!match) continue;
    const depth = (match[1]?.length ?? 0) / 4;
    path.length = depth;
    path[depth] = match[2] ?? '';
    for (const method of match[3]?.split(', ') ?? []) {
      if (method !== 'HEAD' && method !== 'OPTIONS') found.push(`${method} ${path.join('')}`);
    }
  }
  return found;
}
