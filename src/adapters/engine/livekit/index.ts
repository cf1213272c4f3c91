import { ListRoomsRequest } from '@livekit/protocol';
import { RoomServiceClient, WebhookReceiver } from 'livekit-server-sdk';
import { ParleyError, unauthenticated } from '../../../core/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { MediaEngine } from '../../../ports/media-engine.ts';
import type { TokenCodec } from '../../../ports/tokens.ts';
import type { Removals } from '../embedded/options.ts';
import { RoomEngine } from '../room-engine.ts';
import { News } from './news.ts';
import { clusterService } from './service.ts';
import { Watch } from './watch.ts';

export interface ClusterOptions {
  /** Where clients and we reach the cluster: `wss://livekit.example.com`. */
  url: string;
  key: string;
  secret: string;
  codec: TokenCodec;
  clock: Clock;
  removals: Removals;
  failed: (what: string, error: unknown) => void;
}

export interface Cluster {
  engine: MediaEngine;
  /** Takes one of the cluster's webhooks. Throws `unauthenticated` (`auth.invalid`) and `invalid`. */
  webhook(body: string, authorization: string | undefined): Promise<void>;
}

/** An answer of the cluster that takes longer is none. */
const REQUEST_S = 10;

/** A LiveKit cluster as the media engine: its API, its webhooks, and a look now and then at what they left out. */
export function openCluster(options: ClusterOptions): Cluster {
  const { url, key, secret, codec, clock, removals, failed } = options;
  const client = new RoomServiceClient(url.replace(/^ws/, 'http'), key, secret, {
    requestTimeout: REQUEST_S,
  });
  const news = new News();
  const service = clusterService(client, (heard) => news.listen(heard));
  const watch = new Watch({ service, news, now: () => clock.now(), failed });
  // LiveKit itself takes a removed participant's old token again: whoever has got no new one since is sent away.
  news.listen(({ event, room, participant }) => {
    if (event !== 'participant_joined' || !room || !participant) return;
    keepOut(room.name, participant.identity).catch((error) =>
      failed('keep a removed participant out', error),
    );
  });
  const keepOut = async (room: string, identity: string) => {
    if ((await removals.lastOf(room, identity)) !== undefined) await client.removeParticipant(room, identity);
  };

  const engine = new RoomEngine({
    facts: { name: 'livekit', rooms: true, mapsNumbers: true },
    service,
    url,
    key,
    secret,
    codec,
    clock,
    issued: async (room, identity, ttlS) => {
      watch.expect(room, clock.now() + ttlS * 1000);
      await removals.forget(room, identity);
    },
    removed: (room, identity) => removals.remember(room, identity, clock.now()),
    // LiveKit's API tells nothing of what it measures.
    stats: async () => [],
    ping: async () => {
      await service.listRooms(new ListRoomsRequest({ names: ['-'] }));
    },
    close: () => watch.stop(),
  });
  watch.start();

  const receiver = new WebhookReceiver(key, secret);
  const webhook = async (body: string, authorization: string | undefined) => {
    if (!authorization) throw unauthenticated('auth.required');
    const event = await receiver.receive(body, authorization).catch((cause: unknown) => {
      throw Object.assign(new ParleyError('unauthenticated', 'auth.invalid'), { cause });
    });
    news.tell(event);
  };
  return { engine, webhook };
}
