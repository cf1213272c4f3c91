import { WebhookEvent } from '@livekit/protocol';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import type { MediaSessions, MemberStats } from '../../core/media/index.ts';
import type { Measured } from './media-metrics.ts';
import { measureMedia } from './media-metrics.ts';

const NOW = 1_000_000;

/** Of somebody whose connection is so far away. */
const stats = (identity: string, roundTripMs: number): MemberStats => ({
  identity,
  roundTripMs,
  lossUp: roundTripMs / 1000,
  bitrateUp: { audio: 30_000, video: 500_000 },
  bitrateDown: { audio: 60_000, video: 900_000 },
});

/** Two rooms, and an engine that counts how often it is asked for them. */
function world() {
  const asked = { rooms: 0 };
  let heard: (event: WebhookEvent) => void = () => {};
  const track = (kind: 'audio' | 'video') => ({ kind });
  const engine = {
    rooms: async () => {
      asked.rooms++;
      return [{ name: 'large' }, { name: 'small' }];
    },
    members: async (room: string) =>
      room === 'large' ? [{ tracks: [track('audio'), track('video')] }, { tracks: [track('audio')] }] : [],
    stats: async (room: string) => (room === 'large' ? [stats('ann', 10), stats('bob', 30)] : []),
  } as unknown as Measured['engine'];
  const media = {
    load: async () => [{ pid: 7, cpuS: 12.5, rooms: 2, consumers: 3 }],
    service: {
      listen: (listener: typeof heard) => {
        heard = listener;
      },
    },
  } as unknown as MediaSessions;
  const registry = new Registry();
  const refused = measureMedia({ engine, clock: { now: () => NOW } as Measured['clock'] }, media, registry);
  return {
    asked,
    refused,
    tell: (event: string, participant: object) => heard(new WebhookEvent({ event, participant })),
    /** The lines that have figures. */
    read: async () => (await registry.metrics()).split('\n').filter((line) => !line.startsWith('#')),
  };
}

it('what is carried is in the very answer that asked for it, read once', async () => {
  const { asked, read } = world();
  expect(await read()).toEqual(
    expect.arrayContaining([
      'parley_media_rooms 2',
      'parley_media_participants 2',
      'parley_media_tracks{kind="audio"} 2',
      'parley_media_tracks{kind="video"} 1',
      'parley_media_bits_per_second{direction="up",kind="video"} 1000000',
      'parley_media_bits_per_second{direction="down",kind="audio"} 120000',
      'parley_media_packet_loss{direction="up",quantile="0.5"} 0.01',
      'parley_media_packet_loss{direction="down",quantile="0.99"} 0',
      'parley_media_round_trip_seconds{quantile="0.9"} 0.01',
      'parley_media_worker_cpu_seconds{worker="0"} 12.5',
      'parley_media_worker_consumers{worker="0"} 3',
    ]),
  );
  expect(asked.rooms).toBe(1);
  await read();
  expect(asked.rooms).toBe(2);
});

it('joins are counted: how long they took, and why they did not succeed', async () => {
  const { tell, refused, read } = world();
  tell('participant_joined', { joinedAtMs: BigInt(NOW - 700) });
  tell('participant_connection_aborted', { disconnectReason: 14 });
  tell('participant_connection_aborted', { disconnectReason: 99 });
  refused('full');
  const failed = (reason: string) => `parley_media_joins_failed_total{reason="${reason}"} 1`;
  expect(await read()).toEqual(
    expect.arrayContaining([
      'parley_media_join_seconds_bucket{le="0.5"} 0',
      'parley_media_join_seconds_bucket{le="1"} 1',
      ...['connection_lost', 'other', 'full'].map(failed),
    ]),
  );
});
