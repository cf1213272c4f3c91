import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { App } from '../../core/app.ts';
import type { MediaSessions, MemberStats } from '../../core/media/index.ts';
import { everyRoom, FAILURES } from '../../core/media/index.ts';

/** Every label below is one of ours. */
const QUANTILES = [0.5, 0.9, 0.99];

/** What the embedded engine carries and how well, looked at when somebody asks for the metrics. */
export function measureMedia(app: App, media: MediaSessions, registry: Registry): void {
  const registers = [registry];
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `parley_media_${name}`, help, labelNames, registers });
  const rooms = gauge('rooms', 'Open rooms.');
  const members = gauge('participants', 'Participants in rooms.');
  const tracks = gauge('tracks', 'Published tracks.', 'kind');
  const bits = gauge(
    'bits_per_second',
    'Media of all participants, over the last seconds.',
    'direction',
    'kind',
  );
  const loss = gauge('packet_loss', 'Share of packets lost, over the participants.', 'direction', 'quantile');
  const roundTrip = gauge('round_trip_seconds', 'Between server and participants.', 'quantile');
  const cpu = gauge('worker_cpu_seconds', 'Used by a media worker since its start.', 'worker');
  const consumers = gauge('worker_consumers', 'Tracks on their way to somebody.', 'worker');
  countJoins(app, media, registers);

  // Prometheus asks for all of them at once; one of them fills the others.
  new Gauge({
    name: 'parley_media_measured_timestamp_seconds',
    help: 'When the figures of media were read.',
    registers,
    async collect() {
      const [seen, workers] = await Promise.all([everyRoom(app.engine), media.load()]);
      rooms.set(seen.rooms);
      members.set(seen.members);
      tracks.set({ kind: 'audio' }, seen.tracks.audio);
      tracks.set({ kind: 'video' }, seen.tracks.video);
      for (const kind of ['audio', 'video'] as const) {
        bits.set(
          { direction: 'up', kind },
          sum(seen.stats, (one) => one.bitrateUp[kind]),
        );
        bits.set(
          { direction: 'down', kind },
          sum(seen.stats, (one) => one.bitrateDown[kind]),
        );
      }
      const quantiles = (
        read: (one: MemberStats) => number | undefined,
        set: (q: string, value: number) => void,
      ) => {
        const values = seen.stats.flatMap((one) => read(one) ?? []).sort((a, b) => a - b);
        for (const q of QUANTILES) set(String(q), values[Math.floor(q * (values.length - 1))] ?? 0);
      };
      quantiles(
        (one) => one.lossUp,
        (quantile, value) => loss.set({ direction: 'up', quantile }, value),
      );
      quantiles(
        (one) => one.lossDown,
        (quantile, value) => loss.set({ direction: 'down', quantile }, value),
      );
      quantiles(
        (one) => one.roundTripMs,
        (quantile, value) => roundTrip.set({ quantile }, value / 1000),
      );
      for (const [i, worker] of workers.entries()) {
        cpu.set({ worker: i }, worker.cpuS);
        consumers.set({ worker: i }, worker.consumers);
      }
      this.set(app.clock.now() / 1000);
    },
  });
}

/** How long coming in takes, and why it does not succeed. */
function countJoins(app: App, media: MediaSessions, registers: Registry[]): void {
  const seconds = new Histogram({
    name: 'parley_media_join_seconds',
    help: 'From the asking until media is connected.',
    buckets: [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    registers,
  });
  const failed = new Counter({
    name: 'parley_media_joins_failed_total',
    help: 'Participants who were let in and whose media never connected, by how that ended.',
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
}

const sum = (stats: readonly MemberStats[], read: (one: MemberStats) => number) =>
  stats.reduce((total, one) => total + read(one), 0);
