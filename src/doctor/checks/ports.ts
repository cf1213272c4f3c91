import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import type { Finding, Look } from '../finding.ts';

const what = 'what.ports' as const;
type Protocol = 'UDP' | 'TCP';

/** One port per core, UDP and TCP: free for the server, or its own when it runs. */
export async function* ports(look: Look): AsyncGenerator<Finding> {
  const { rtcPort } = look.config.media;
  if (rtcPort === 0) {
    yield { state: 'skipped', what, say: 'ports.any' };
    return;
  }
  const last = rtcPort + availableParallelism() - 1;
  const wrong: Finding[] = [];
  for (let port = rtcPort; port <= last; port++) {
    for (const protocol of ['UDP', 'TCP'] as const) {
      const refused = await take(protocol, port);
      const found = look.running === undefined ? stopped(refused) : started(refused);
      if (found)
        wrong.push({ state: 'failed', what, say: found, with: { protocol, port, reason: refused ?? '' } });
    }
  }
  yield* wrong;
  look.portsFree = wrong.length === 0;
  const all = last === rtcPort ? String(rtcPort) : `${rtcPort}-${last}`;
  const say = look.running === undefined ? 'ports.ok' : 'ports.own';
  if (wrong.length === 0) yield { state: 'ok', what, say, with: { ports: all } };
}

const stopped = (refused: string | undefined) =>
  refused === undefined ? undefined : refused === 'EADDRINUSE' ? 'ports.taken' : 'ports.denied';

const started = (refused: string | undefined) =>
  refused === 'EADDRINUSE' ? undefined : 'ports.not_listening';

/** Takes it and lets go; the system's word when it is refused. */
async function take(protocol: Protocol, port: number): Promise<string | undefined> {
  const socket = protocol === 'UDP' ? createSocket('udp4') : createServer();
  try {
    if ('bind' in socket) socket.bind(port, '0.0.0.0');
    else socket.listen(port, '0.0.0.0');
    await once(socket, 'listening');
    const closed = once(socket, 'close');
    socket.close();
    await closed;
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN';
  }
}
