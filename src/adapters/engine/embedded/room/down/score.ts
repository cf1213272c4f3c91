import { ConnectionQuality } from '@livekit/protocol';

/** What is known of one connection, one way. */
export interface Measured {
  /** 0 to 1. */
  readonly loss: number;
  readonly video: boolean;
  readonly roundTripMs?: number;
  readonly jitterMs?: number;
  /** Layers missing; Infinity: a track stands still. */
  readonly shortfall?: number;
}

const BEST = 100;
/** Not so low that recovering takes long, and never so low as to say that the connection is lost. */
const WORST = 30;
/** What one per cent of loss takes off: video repairs nothing by itself, Opus has forward error correction. */
const LOSS_WEIGHT = { audio: 16 / 3, video: 10 };
/** One layer less is one step of quality less. */
const LAYER_WEIGHT = 35;
/** Worse news count at once, better ones slowly. */
const RISE = 0.4;
const FALL = 0.8;

/** The moment's score from 30 to 100: a simplified E-model of loss, delay and jitter, as LiveKit's. */
export function scoreOf(measured: Measured): number {
  const delay = (measured.roundTripMs ?? 0) / 2 + (measured.jitterMs ?? 0) * 2;
  const delayed = delay > 160 ? (delay - 120) / 10 : delay / 40;
  const lost = measured.loss * 100 * LOSS_WEIGHT[measured.video ? 'video' : 'audio'];
  const packets = BEST - delayed - lost;
  const layers = BEST - (measured.shortfall ?? 0) * LAYER_WEIGHT;
  return Math.max(WORST, Math.min(packets, layers));
}

export function smoothed(before: number, now: number): number {
  const share = now < before ? FALL : RISE;
  return Math.max(WORST, share * now + (1 - share) * before);
}

export function qualityOf(score: number): ConnectionQuality {
  if (score > 80) return ConnectionQuality.EXCELLENT;
  return score > 40 ? ConnectionQuality.GOOD : ConnectionQuality.POOR;
}

/** As listeners would rate it, from 1 to 4.5. */
export function opinionOf(score: number): number {
  if (score >= BEST) return 4.5;
  return 1 + 0.035 * score + 0.000007 * score * (score - 60) * (BEST - score);
}
