import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { App } from '../../core/app.ts';
import type { CallChange, CallState } from '../../core/calls/index.ts';

/** Reasons of our own; clients may give any word, and a label must not grow without end. */
const ENDINGS = new Set([
  ...['normal', 'cancelled', 'declined', 'busy', 'timeout', 'no_answer', 'unavailable', 'lost', 'left'],
  ...['max_duration', 'error', 'media_error'],
]);
/** Longer than any call: what is still here then was missed, not live. */
const FORGET_MS = 8 * 86_400_000;

interface Known {
  state: CallState;
  placedAt: number;
  rangAt: number | undefined;
}

/** Calls by state and ending, and how long they rang; every node counts all calls of the cluster. */
export function countCalls(app: App, registry: Registry): void {
  const registers = [registry];
  const live = new Map<string, Known>();
  const total = new Counter({
    name: 'parley_calls_total',
    help: 'Calls that came into a state; final ones with their ending. Each node counts all calls.',
    labelNames: ['state', 'ending'] as const,
    registers,
  });
  new Gauge({
    name: 'parley_calls',
    help: 'Live calls by state, as far as this node has seen them since its start.',
    labelNames: ['state'] as const,
    registers,
    collect() {
      const counts = { calling: 0, ringing: 0, connected: 0 };
      for (const [id, { state, placedAt }] of live) {
        if (placedAt < app.clock.now() - FORGET_MS) live.delete(id);
        else if (state in counts) counts[state as keyof typeof counts] += 1;
      }
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  const ring = new Histogram({
    name: 'parley_call_ring_seconds',
    help: 'From the first device ringing to the answer or the end.',
    buckets: [1, 2, 5, 10, 15, 20, 30, 45, 60, 120],
    registers,
  });
  app.bus.subscribe('call', (change) => {
    const known = follow(live, change);
    for (const event of change.events) {
      if (event.type === 'call.placed') total.inc({ state: 'calling', ending: '' });
      if (event.type === 'call.connected') total.inc({ state: 'connected', ending: '' });
      if (event.type === 'leg.ringing' && known.rangAt === undefined) {
        known.rangAt = change.at;
        total.inc({ state: 'ringing', ending: '' });
      }
      if (event.type === 'call.over') {
        total.inc({ state: event.state, ending: ENDINGS.has(event.reason) ? event.reason : 'other' });
      }
      if ((event.type === 'call.connected' || event.type === 'call.over') && known.rangAt !== undefined) {
        if (known.state !== 'connected') ring.observe((change.at - known.rangAt) / 1000);
      }
    }
    known.state = change.call.state;
    if (change.call.endedAt !== null) live.delete(change.call.id);
  });
}

function follow(live: Map<string, Known>, { call }: CallChange): Known {
  const known = live.get(call.id) ?? {
    state: 'calling' as const,
    placedAt: call.createdAt,
    rangAt: undefined,
  };
  live.set(call.id, known);
  return known;
}
