import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { App } from '../../core/app.ts';
import type { Carried, MediaSessions, MemberStats, WorkerUse } from '../../core/media/index.ts';
import { everyRoom, FAILURES } from '../../core/media/index.ts';

export type Measured = Pick<App, 'engine' | 'clock'>;

const KINDS = ['audio', 'video'] as const;

/** Every label below is one of ours. */
const QUANTILES = [0.5, 0.9, 0.99];

type Value = readonly [labels: Record<string, string | number>, value: number];
type Seen = Carried & { workers: readonly WorkerUse[] };

/**
 * What the embedded engine carries and how well, looked at when somebody asks for the metrics.
 * Answers what counts a join that was refused.
 */
export function measureMedia(
  app: Measured,
  media: MediaSessions,
  registry: Registry,
): (reason: string) => void {
  const registers = [registry];
  // One answer asks all gauges at once: what they show is read once for all of them.
  let reading: Promise<Seen> | undefined;
  const look = async () => {
    const [carried, workers] = await Promise.all([everyRoom(app.engine), media.load()]);
    return { ...carried, workers };
  };
  const read = () => {
    reading ??= look().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const gauge = (name: string, help: string, labelNames: string[], values: (seen: Seen) => Value[]) =>
    new Gauge({
      name: `parley_media_${name}`,
      help,
      labelNames,
      registers,
      async collect() {
        const now = values(await read());
        // A worker that is no more is shown no longer.
        this.reset();
        for (const [labels, value] of now) this.set(labels, value);
      },
    });

  gauge('rooms', 'Open rooms.', [], ({ rooms }) => [[{}, rooms]]);
  gauge('participants', 'Participants in rooms.', [], ({ members }) => [[{}, members]]);
  gauge('tracks', 'Published tracks.', ['kind'], ({ tracks }) =>
    KINDS.map((kind) => [{ kind }, tracks[kind]]),
  );
  const bits = 'Media of all participants, over the last seconds.';
  gauge('bits_per_second', bits, ['direction', 'kind'], ({ stats }) =>
    KINDS.flatMap((kind) => [
      [{ direction: 'up', kind }, sum(stats, ({ bitrateUp }) => bitrateUp[kind])],
      [{ direction: 'down', kind }, sum(stats, ({ bitrateDown }) => bitrateDown[kind])],
    ]),
  );
  const loss = 'Share of packets lost, over the participants.';
  gauge('packet_loss', loss, ['direction', 'quantile'], ({ stats }) => [
    ...quantiles(
      stats.map(({ lossUp }) => lossUp),
      { direction: 'up' },
    ),
    ...quantiles(
      stats.map(({ lossDown }) => lossDown),
      { direction: 'down' },
    ),
  ]);
  gauge('round_trip_seconds', 'Between server and participants.', ['quantile'], ({ stats }) =>
    quantiles(stats.map(({ roundTripMs }) => roundTripMs && roundTripMs / 1000)),
  );
  gauge('worker_cpu_seconds', 'Used by a media worker since its start.', ['worker'], ({ workers }) =>
    workers.map(({ cpuS }, worker) => [{ worker }, cpuS]),
  );
  gauge('worker_consumers', 'Tracks on their way to somebody.', ['worker'], ({ workers }) =>
    workers.map(({ consumers }, worker) => [{ worker }, consumers]),
  );
  return countJoins(app, media, registers);
}

/** Of those that are known; 0 where none is. */
function quantiles(values: readonly (number | undefined)[], labels: Record<string, string> = {}): Value[] {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  return QUANTILES.map((quantile) => [
    { ...labels, quantile },
    sorted[Math.floor(quantile * (sorted.length - 1))] ?? 0,
  ]);
}

/** How long coming in takes, and why it does not succeed. */
function countJoins(app: Measured, media: MediaSessions, registers: Registry[]): (reason: string) => void {
  const seconds = new Histogram({
    name: 'parley_media_join_seconds',
    help: 'From the asking until media is connected.',
    buckets: [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    registers,
  });
  const failed = new Counter({
    name: 'parley_media_joins_failed_total',
    help: 'Joins that were refused, or let in and their media never connected, by reason.',
    labelNames: ['reason'] as const,
    registers,
  });
  media.service.listen(({ event, participant }) => {
    if (event === 'participant_joined' && participant) {
      seconds.observe((app.clock.now() - Number(participant.joinedAtMs)) / 1000);
    }
    if (event === 'participant_connection_aborted') {
      failed.inc({ reason: FAILURES[participant?.disconnectReason ?? 0] ?? 'other' });
    }
  });
  return (reason) => failed.inc({ reason });
}

const sum = (stats: readonly MemberStats[], read: (one: MemberStats) => number) =>
  stats.reduce((total, one) => total + read(one), 0);
