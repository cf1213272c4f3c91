import { STATS_INTERVAL_MS } from './defaults.ts';
import type { Mesh } from './mesh.ts';
import type { PeerState } from './peer.ts';
import type { Rest } from './rest.ts';
import type { Sample } from './stats.ts';
import { isPoor, statsOf } from './stats.ts';
import type { CallStats, Participant } from './types.ts';

/** Looks at a call's connections now and then, and says who comes through badly. */
export class StatsWatch {
  readonly #mesh: Mesh;
  readonly #quality: (uid: string, quality: Participant['quality']) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #broken = new Set<string>();
  #before: { all: Sample; each: Map<string, Sample> } | undefined;
  #last: CallStats | undefined;

  constructor(mesh: Mesh, quality: (uid: string, quality: Participant['quality']) => void) {
    this.#mesh = mesh;
    this.#quality = quality;
    this.#timer = setInterval(() => void this.now(), STATS_INTERVAL_MS);
  }

  /** Measures now; the last measurement when the connections are gone. */
  async now(): Promise<CallStats | undefined> {
    const samples = await this.#mesh.samples().catch(() => undefined);
    if (!samples || samples.each.size === 0) return this.#last;
    const before = this.#before;
    for (const [uid, one] of samples.each) {
      if (this.#broken.has(uid)) continue;
      this.#quality(uid, isPoor(statsOf(one, before?.each.get(uid))) ? 'poor' : 'good');
    }
    this.#last = statsOf(samples.all, before?.all);
    // Measured twice in a moment, the rates would be those of that moment.
    if (!before || samples.all.at - before.all.at >= STATS_INTERVAL_MS / 2) this.#before = samples;
    return this.#last;
  }

  stateChanged(uid: string, state: PeerState): void {
    if (state === 'broken') {
      this.#broken.add(uid);
      this.#quality(uid, 'lost');
    } else if (this.#broken.delete(uid)) this.#quality(uid, 'good');
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** Leaves the last measurement with the server, where B's statistics are read. */
export async function reportStats(rest: Rest, callId: string, stats: CallStats): Promise<void> {
  const { audio, video } = stats;
  const body = { stats: { ...(audio && { audio }), ...(video && { video }) } };
  await rest.post(`/api/v1/rtc/stats/${encodeURIComponent(callId)}`, body);
}

/** How the call was, as C's `call:hang_up` says it. */
export const metricsOf = ({ quality, packetLoss, latency }: CallStats) => ({ quality, packetLoss, latency });
