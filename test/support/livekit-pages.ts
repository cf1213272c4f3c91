import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const require = createRequire(import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Pages of somebody else's site: another origin than the server's, as LiveKit's users have them. */
export interface Pages {
  url: string;
  close(): Promise<void>;
}

/** A page with `livekit-client` as npm has it, and nothing else. */
export async function plainPages(): Promise<Pages> {
  const bundle = await readFile(require.resolve('livekit-client'));
  return serve(async (path) => {
    if (path === '/client.js') return bundle;
    if (path !== '/') return undefined;
    return Buffer.from(
      '<!doctype html><title>LiveKit</title><div id="seen"></div><script src="/client.js"></script>',
    );
  });
}

/** The files of a folder, `index.html` for its root. */
export const folderPages = (folder: string): Promise<Pages> =>
  serve((path) =>
    readFile(join(folder, path === '/' ? 'index.html' : path.replaceAll('..', ''))).catch(() => undefined),
  );

async function serve(file: (path: string) => Promise<Buffer | undefined>): Promise<Pages> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = await file(path);
    const type = TYPES[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream';
    response.writeHead(body ? 200 : 404, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
