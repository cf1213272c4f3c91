import { POOR_LOSS_PERCENT, POOR_RTT_MS } from './defaults.ts';
import type { AudioStats, CallStats, VideoStats } from './types.ts';

/** The fields of a WebRTC statistics record that are read here. */
interface StatsRecord {
  type: string;
  kind?: string;
  bytesSent?: number;
  bytesReceived?: number;
  packetsSent?: number;
  packetsReceived?: number;
  packetsLost?: number;
  jitter?: number;
  roundTripTime?: number;
  currentRoundTripTime?: number;
  nominated?: boolean;
  state?: string;
  frameWidth?: number;
  frameHeight?: number;
  framesPerSecond?: number;
}

/** What a connection has carried so far, in one flat record. */
export interface Sample {
  at: number;
  audio?: AudioStats;
  video?: VideoStats;
  /** Seconds. */
  roundTripTime: number;
}

const noAudio = (): AudioStats => ({
  bytesSent: 0,
  bytesReceived: 0,
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  jitter: 0,
  roundTripTime: 0,
});

const noVideo = (): VideoStats => ({
  bytesSent: 0,
  bytesReceived: 0,
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  frameWidth: 0,
  frameHeight: 0,
  frameRate: 0,
  bitrate: 0,
});

/** Reads the reports of one or several connections as one. */
export function sample(reports: Iterable<Iterable<unknown>>, at: number): Sample {
  const result: Sample = { at, roundTripTime: 0 };
  for (const report of reports) for (const record of report) add(result, record as StatsRecord);
  if (result.audio) result.audio.roundTripTime ||= result.roundTripTime;
  return result;
}

function add(result: Sample, record: StatsRecord): void {
  if (record.type === 'candidate-pair') {
    if (record.nominated && record.state === 'succeeded') {
      result.roundTripTime = Math.max(result.roundTripTime, record.currentRoundTripTime ?? 0);
    }
    return;
  }
  if (record.kind !== 'audio' && record.kind !== 'video') return;
  if (!/^(in|out)bound-rtp$|^remote-inbound-rtp$/.test(record.type)) return;
  if (record.kind === 'audio') {
    result.audio ??= noAudio();
    count(result.audio, record);
    if (record.type === 'inbound-rtp')
      result.audio.jitter = Math.max(result.audio.jitter, record.jitter ?? 0);
    if (record.type === 'remote-inbound-rtp') {
      result.audio.roundTripTime = Math.max(result.audio.roundTripTime, record.roundTripTime ?? 0);
    }
    return;
  }
  result.video ??= noVideo();
  count(result.video, record);
  if (record.type === 'inbound-rtp') {
    result.video.frameWidth = Math.max(result.video.frameWidth, record.frameWidth ?? 0);
    result.video.frameHeight = Math.max(result.video.frameHeight, record.frameHeight ?? 0);
    result.video.frameRate = Math.max(result.video.frameRate, record.framesPerSecond ?? 0);
  }
}

function count(into: AudioStats | VideoStats, record: StatsRecord): void {
  if (record.type === 'outbound-rtp') {
    into.bytesSent += record.bytesSent ?? 0;
    into.packetsSent += record.packetsSent ?? 0;
  } else if (record.type === 'inbound-rtp') {
    into.bytesReceived += record.bytesReceived ?? 0;
    into.packetsReceived += record.packetsReceived ?? 0;
    // Duplicates make it negative at times; nothing less than nothing was lost.
    into.packetsLost += Math.max(0, record.packetsLost ?? 0);
  }
}

/** A sample as the call's statistics; rates are over the time since `before`. */
export function statsOf(now: Sample, before?: Sample): CallStats {
  const latency = Math.round(now.roundTripTime * 1000);
  const packetLoss = lossPercent(now, before);
  const stats: CallStats = { quality: qualityOf(packetLoss, latency), packetLoss, latency };
  if (now.audio) stats.audio = now.audio;
  if (now.video) {
    const seconds = before ? (now.at - before.at) / 1000 : 0;
    const bytes = now.video.bytesReceived - (before?.video?.bytesReceived ?? 0);
    const bitrate = seconds > 0 ? Math.max(0, Math.round((bytes * 8) / 1000 / seconds)) : 0;
    stats.video = { ...now.video, bitrate };
  }
  return stats;
}

/** Lost of what should have come since `before`, in percent with one decimal. */
function lossPercent(now: Sample, before?: Sample): number {
  const sum = (of: Sample | undefined, field: 'packetsLost' | 'packetsReceived') =>
    (of?.audio?.[field] ?? 0) + (of?.video?.[field] ?? 0);
  const lost = sum(now, 'packetsLost') - sum(before, 'packetsLost');
  const received = sum(now, 'packetsReceived') - sum(before, 'packetsReceived');
  const all = lost + received;
  return all > 0 && lost > 0 ? Math.round((lost / all) * 1000) / 10 : 0;
}

/** 5 is excellent, 1 hardly usable; the worse of loss and delay decides. */
export function qualityOf(packetLoss: number, latency: number): number {
  const byLoss = packetLoss <= 1 ? 5 : packetLoss <= 3 ? 4 : packetLoss <= 8 ? 3 : packetLoss <= 15 ? 2 : 1;
  const byDelay = latency <= 150 ? 5 : latency <= 300 ? 4 : latency <= 500 ? 3 : latency <= 800 ? 2 : 1;
  return Math.min(byLoss, byDelay);
}

export const isPoor = (stats: CallStats): boolean =>
  stats.packetLoss > POOR_LOSS_PERCENT || stats.latency > POOR_RTT_MS;
