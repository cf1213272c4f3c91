import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from '../../support/parley.ts';
import { livekitProgram } from './go.ts';
import type { MediaServer } from './media-server.ts';
import { familyOf } from './processes.ts';

const KEY = 'bench';
const SECRET = 'a-secret-of-the-bench-that-is-none';
const READY_WITHIN_MS = 30_000;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A real LiveKit server on loopback, alone. */
export async function startLiveKit(): Promise<MediaServer> {
  const [port, tcp, udp] = [await freePort(), await freePort(), await freePort()];
  const config = join(temporaryFolder(), 'livekit.json');
  const rtc = {
    tcp_port: tcp,
    udp_port: udp,
    use_external_ip: false,
    node_ip: '127.0.0.1',
    enable_loopback_candidate: true,
    interfaces: { includes: ['lo'] },
    ips: { includes: ['127.0.0.1/32'] },
  };
  const logging = { level: 'error' };
  // JSON is YAML.
  writeFileSync(
    config,
    JSON.stringify({ port, bind_addresses: ['127.0.0.1'], rtc, keys: { [KEY]: SECRET }, logging }),
  );
  const child = spawn(livekitProgram(), ['--config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  running.add(child);
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2000);
  });
  const exited = once(child, 'exit').finally(() => running.delete(child));
  await answers(`http://127.0.0.1:${port}`, child, () => words);
  return {
    name: 'LiveKit',
    url: `ws://127.0.0.1:${port}`,
    key: KEY,
    secret: SECRET,
    pids: () => familyOf(child.pid ?? 0),
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function answers(url: string, child: ChildProcess, words: () => string): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await delay(20)) {
    if (child.exitCode !== null) break;
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`LiveKit's server does not answer: ${words()}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
