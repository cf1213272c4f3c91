import { forbidden, notFound, ParleyError } from '../errors.ts';
import type { User } from '../users/user.ts';
import type { Asker, CallApp, Name } from './ask.ts';
import { actor } from './ask.ts';
import type { Call, Leg } from './call.ts';
import { isLive, legOf } from './call.ts';

/** A report takes no more than this, as JSON text: it is numbers, not a log. */
const GREATEST_REPORT = 16_384;

export interface Report {
  stats: unknown;
  at: number;
}

/** Keeps what somebody's client measured last, during a call or at its end. */
export async function reportStats(
  app: CallApp,
  asker: Asker,
  callId: string,
  ask: { user?: Name | undefined; stats: unknown },
): Promise<Report> {
  const user = await reporter(app, asker, ask.user);
  const leg = legOf(await known(app, callId), user.uid);
  if (!leg) throw forbidden('call.not_in_call', { callId });
  // Who was never in it has measured nothing.
  if (leg.joinedAt === null) throw forbidden('call.not_yours', { callId });
  if (JSON.stringify(ask.stats).length > GREATEST_REPORT) throw new ParleyError('too_large', 'too_large');
  const at = app.clock.now();
  await app.store.transaction(async (tx) => {
    const { metrics } = parts((await tx.calls.stats(callId, user.id))?.stats);
    const kept = metrics === undefined ? ask.stats : { ...parts(ask.stats), metrics };
    await tx.calls.saveStats(callId, user.id, kept, at);
  });
  return { stats: ask.stats, at };
}

/** How a call was, in three numbers. */
export interface Metrics {
  quality?: number;
  packetLoss?: number;
  latency?: number;
}

/** What somebody's client says of a call as it hangs up: kept beside its statistics, whichever comes first. */
export async function reportMetrics(
  app: Pick<CallApp, 'store' | 'clock'>,
  callId: string,
  leg: Leg,
  { quality, packetLoss, latency }: Metrics,
): Promise<void> {
  if (leg.joinedAt === null) return;
  const metrics = { quality, packetLoss, latency };
  await app.store.transaction(async (tx) => {
    const known = parts((await tx.calls.stats(callId, leg.userId))?.stats);
    await tx.calls.saveStats(callId, leg.userId, { ...known, metrics }, app.clock.now());
  });
}

interface Parts {
  audio?: unknown;
  video?: unknown;
  metrics?: unknown;
}

const parts = (stats: unknown): Parts => (typeof stats === 'object' && stats !== null ? stats : {});

/**
 * The asker's own last report, else what the engine measures of a call it carries; a service names
 * whose. `not_found` when there is neither.
 */
export async function statsOf(app: CallApp, asker: Asker, callId: string, name?: Name): Promise<Report> {
  const user = await reporter(app, asker, name);
  const call = await known(app, callId);
  if (!legOf(call, user.uid)) throw forbidden('call.not_in_call', { callId });
  const report = await app.store.read.calls.stats(callId, user.id);
  const { audio, video } = parts(report?.stats);
  // Metrics alone are no statistics.
  if (report && (audio !== undefined || video !== undefined)) return report;
  const measured = isLive(call) && call.media === 'sfu' ? await measuredOf(app, callId, user.uid) : undefined;
  if (!measured) throw notFound('call.no_stats', { callId });
  return { stats: measured, at: app.clock.now() };
}

/** What the engine measures of somebody in a call that it carries, in B's units: seconds, kbit/s, shares of 1. */
async function measuredOf(app: CallApp, callId: string, uid: string): Promise<unknown> {
  const stats = (await app.engine.stats(callId)).find(({ identity }) => identity === uid);
  if (!stats) return undefined;
  const { roundTripMs, lossUp, lossDown, bitrateUp, bitrateDown } = stats;
  const of = (kind: 'audio' | 'video') => ({
    ...(roundTripMs === undefined ? {} : { roundTripTime: roundTripMs / 1000 }),
    ...(lossUp === undefined ? {} : { lossSent: lossUp }),
    ...(lossDown === undefined ? {} : { lossReceived: lossDown }),
    bitrateSent: bitrateUp[kind] / 1000,
    bitrate: bitrateDown[kind] / 1000,
  });
  return { audio: of('audio'), video: of('video') };
}

async function reporter(app: CallApp, asker: Asker, name: Name | undefined): Promise<User> {
  if (name !== undefined) return actor(app, asker, name);
  if (asker.principal.kind === 'user') return asker.principal.user;
  throw new ParleyError('invalid', 'invalid.field', { field: 'userId' });
}

async function known(app: CallApp, callId: string): Promise<Call> {
  const call = await app.store.read.calls.get(callId);
  if (!call) throw notFound('call.unknown', { callId });
  return call;
}
