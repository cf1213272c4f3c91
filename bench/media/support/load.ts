import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { loadProgram } from './go.ts';
import type { MediaServer } from './media-server.ts';

/** What is asked of the generator; see load/README.md. */
export interface Shape {
  readonly rooms?: number;
  readonly pubs?: number;
  readonly subs?: number;
  readonly seconds?: number;
  readonly fps?: number;
  readonly frame?: number;
  readonly joins?: number;
  readonly churn?: number;
}

/** What it measured; -1 for what there was nothing of. */
export interface Load {
  cores: number;
  fps: number;
  packets_per_s: number;
  packets_per_core_s: number;
  delivered: number;
  server_cpu: number;
  load_cpu: number;
  machine_busy: number;
  others_busy: number;
  rss_empty_mb: number;
  rss_mb: number;
  delay_ms_p50: number;
  delay_ms_p99: number;
  join_ms_p50: number;
  failed_joins: number;
  visit_ms_p50: number;
  visit_ms_p95: number;
  churned: number;
  churn_failed: number;
}

const run = promisify(execFile);
/** Hundreds who join one after the other, on a busy machine. */
const TOO_LONG_MS = 300_000;

export async function drive(server: MediaServer, shape: Shape): Promise<Load> {
  const { seconds = 10, ...rest } = shape;
  const flags = Object.entries(rest).flatMap(([name, value]) => [`-${name}`, String(value)]);
  const { url, key, secret } = server;
  const { stdout, stderr } = await run(
    loadProgram(),
    [
      ...['-url', url, '-key', key, '-secret', secret, '-pids', server.pids().join(',')],
      ...['-for', `${seconds}s`, ...flags],
    ],
    { timeout: TOO_LONG_MS },
  );
  if (stderr) process.stderr.write(stderr.replace(/^/gm, `${server.name}: `));
  return JSON.parse(stdout) as Load;
}

/** How busy the machine was, in one sentence. */
export function busyness(loads: readonly Load[]): string {
  const worst = (value: (load: Load) => number) => Math.max(...loads.map(value));
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const [first] = loads;
  const failed = loads.reduce((sum, load) => sum + load.failed_joins + load.churn_failed, 0);
  return (
    `${first?.cores} cores, at most ${percent(worst((load) => load.machine_busy))} of them busy, ` +
    `${percent(worst((load) => load.others_busy))} by other programs; ` +
    `the generator took ${worst((load) => load.load_cpu).toFixed(2)} cores, a server ${worst((load) => load.server_cpu).toFixed(2)}; ` +
    `${first?.fps} frames a second` +
    (failed > 0 ? `; ${failed} joins FAILED (see above who)` : '')
  );
}
