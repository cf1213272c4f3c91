import type { ICEServer } from '@livekit/protocol';
import type { Removals } from '../adapters/engine/embedded/options.ts';
import { noEngine } from '../adapters/engine/none.ts';
import { fetchPost } from '../adapters/http-post.ts';
import type { Config } from '../config/config.ts';
import type { App } from '../core/app.ts';
import type { IceConfig } from '../core/calls/index.ts';
import { iceServers } from '../core/calls/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { MediaEngine } from '../ports/media-engine.ts';
import type { Store } from '../ports/store.ts';
import type { TokenCodec } from '../ports/tokens.ts';

interface Needs {
  store: Store;
  clock: Clock;
  codec: TokenCodec;
  /** At least one: the first signs tickets. */
  keys: ReadonlyMap<string, string>;
  nodeId: string;
  ice: IceConfig;
  overrides: { engine?: MediaEngine };
  failed: (what: string, error: unknown) => void;
}

export type Media = Pick<App, 'engine' | 'media' | 'engineWebhook'>;

const nothing = { media: undefined, engineWebhook: undefined };

/** The engine that the configuration names; its libraries are loaded when it is chosen. */
export async function openMedia(config: Config, needs: Needs): Promise<Media> {
  if (needs.overrides.engine) return { ...nothing, engine: needs.overrides.engine };
  switch (config.media.engine) {
    case 'none':
      return { ...nothing, engine: noEngine };
    case 'livekit':
      return openLiveKitCluster(config, needs);
    case 'embedded':
      return openEmbeddedEngine(config, needs);
  }
}

async function openLiveKitCluster({ media }: Config, { store, clock, codec, failed }: Needs): Promise<Media> {
  const { openCluster } = await import('../adapters/engine/livekit/index.ts');
  // The configuration has checked that it is there.
  if (!media.livekit) throw new Error('MEDIA_ENGINE=livekit without a cluster');
  const { engine, webhook } = openCluster({
    ...media.livekit,
    codec,
    clock,
    removals: removalsIn(store),
    failed,
  });
  return { engine, media: undefined, engineWebhook: webhook };
}

async function openEmbeddedEngine({ media }: Config, needs: Needs): Promise<Media> {
  const { store, clock, codec, nodeId, ice, failed } = needs;
  const [{ ICEServer }, { openPlane }, { openEmbedded }, { workerBin }, { RoomEngine }, { LiveKitWebhooks }] =
    await Promise.all([
      import('@livekit/protocol'),
      import('../adapters/engine/embedded/media/plane.ts'),
      import('../adapters/engine/embedded/index.ts'),
      import('../adapters/engine/embedded/worker-bin.ts'),
      import('../adapters/engine/room-engine.ts'),
      import('../adapters/livekit-webhooks/livekit-webhooks.ts'),
    ]);
  const worker = workerBin(media.workerBin);
  if (!worker) {
    const missing = new Error(
      'the media worker is missing: npm run build:worker makes it, or says what it needs',
    );
    if (media.asked) throw missing;
    // Calls of two need none. Whoever asks for a room is told.
    failed('carry rooms, and goes on without', missing);
    return { ...nothing, engine: noEngine };
  }
  const plane = await openPlane({
    rtcPort: media.rtcPort,
    // Empty: the machine's own addresses are found.
    ...(media.announced.length > 0 && { announced: media.announced }),
    workerBin: worker.path,
    mapsNumbers: worker.mapsNumbers,
    // Bits are what operators count in, bytes what the worker does.
    slowReceiverBps: media.slowReceiverBps / 8,
    failed,
  });
  const embedded = openEmbedded({
    plane,
    clock,
    nodeId,
    iceServers: (identity) => iceFor(ICEServer, ice, identity, clock.now()),
    emptyTimeoutS: roomTimes({ media }).emptyTimeoutS,
    departureTimeoutS: roomTimes({ media }).departureTimeoutS,
    autoCreate: media.autoCreate,
    dataBlobBytes: media.dataBlobBytes,
    removals: removalsIn(store),
    failed,
  });
  const { service } = embedded.sessions;
  const [key, secret] = firstOf(needs.keys);
  const signer = { codec, key, secret };
  const webhooks = new LiveKitWebhooks({
    dropped: (url, event) => failed(`tell ${new URL(url).host} of ${event}`, new Error('given up')),
    service,
    urls: media.webhookUrls,
    signer,
    http: fetchPost,
    clock,
    failed,
  });
  const engine = new RoomEngine({
    facts: { name: 'embedded', rooms: true, mapsNumbers: worker.mapsNumbers },
    service,
    url: null,
    key,
    secret,
    codec,
    clock,
    issued: async () => {},
    // Also of somebody who holds a ticket and is not there now.
    removed: (room, identity) => embedded.voidTokens(room, identity),
    stats: (room) => embedded.stats(room),
    ping: async () => {
      await plane.load();
    },
    close: async () => {
      await embedded.close();
      await webhooks.close();
      await plane.close();
    },
  });
  return { engine, media: embedded.sessions, engineWebhook: undefined };
}

const removalsIn = (store: Store): Removals => ({
  remember: (room, identity, at) => store.transaction((tx) => tx.removals.remember(room, identity, at)),
  lastOf: (room, identity) => store.read.removals.lastOf(room, identity),
  forget: async (room, identity) => {
    if ((await store.read.removals.lastOf(room, identity)) === undefined) return;
    await store.transaction((tx) => tx.removals.forget(room, identity));
  },
});

function firstOf(keys: ReadonlyMap<string, string>): [key: string, secret: string] {
  const [first] = keys;
  if (!first) throw new Error('there is no API key to sign tickets with');
  return first;
}

/** STUN and TURN as LiveKit's clients are told of them. */
const iceFor = (Message: typeof ICEServer, ice: IceConfig, identity: string, now: number) =>
  iceServers(ice, identity, now).map(
    ({ urls, username, credential }) =>
      new Message({
        urls: [urls].flat(),
        ...(username === undefined ? {} : { username }),
        ...(credential === undefined ? {} : { credential }),
      }),
  );

/** How long a room without anybody in it stays, in seconds. */
export const roomTimes = ({ media }: Pick<Config, 'media'>) => ({
  emptyTimeoutS: Math.ceil(media.emptyRoomMs / 1000),
  departureTimeoutS: Math.ceil(media.departureMs / 1000),
});
