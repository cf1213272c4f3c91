import {
  AddTrackRequest,
  ClientInfo,
  type DisconnectReason,
  type ParticipantInfo,
  ParticipantInfo_Kind,
  type SignalRequest,
  type SignalResponse,
  TrackSource,
  TrackType,
} from '@livekit/protocol';
import { ParleyError } from '../../../core/errors.ts';
import type { JoinAsked, MediaGrant } from '../../../ports/media-join.ts';
import type { MediaSession, Wire } from '../../../ports/media-sessions.ts';
import type { AudioLevel } from './media/measures.ts';
import type {
  AcceptedTrack,
  MediaPlane,
  OfferedTrack,
  Peer,
  PeerEvents,
  RoomMediaEvents,
  Source,
} from './media/types.ts';
import type { EmbeddedOptions } from './options.ts';
import type { OpenParts } from './room/parts.ts';
import type { Member } from './room/types.ts';
import { EmbeddedRooms } from './rooms.ts';

type Message = SignalResponse['message'];
type Case = NonNullable<Message['case']>;
type ValueOf<C extends Case> = Extract<Message, { case: C }>['value'];

/** The media plane without media: connections are up when a test says so, sources are what it publishes. */
export class FakePlane implements MediaPlane {
  readonly mapsNumbers = false;
  readonly peers: FakePeer[] = [];
  rooms = 0;
  full = false;
  #heard: RoomMediaEvents | undefined;

  async openRoom(_name: string, heard: RoomMediaEvents) {
    if (this.full) throw new ParleyError('unavailable', 'unavailable');
    this.#heard = heard;
    this.rooms++;
    return {
      connect: async (events: PeerEvents) => {
        const peer = new FakePeer(events);
        this.peers.push(peer);
        return peer;
      },
      close: () => {
        this.rooms--;
      },
    };
  }

  die(): void {
    this.#heard?.lost();
  }

  speak(levels: AudioLevel[]): void {
    this.#heard?.levels(levels);
  }

  load = async () => [];
  close = async () => {};
}

export class FakePeer implements Peer {
  readonly events: PeerEvents;
  readonly did: string[] = [];
  readonly sources: FakeSource[] = [];
  offered: OfferedTrack[] = [];
  closed = false;

  constructor(events: PeerEvents) {
    this.events = events;
  }

  readonly publisher = {
    connected: false,
    data: { send: () => true, open: () => true, hold: () => {} },
    answer: async (sdp: string) => {
      if (sdp === 'nonsense') throw new ParleyError('invalid', 'invalid.field', { field: 'sdp' });
      const taken: [AcceptedTrack, string, FakeSource][] = [];
      for (const section of this.offered.splice(0)) {
        const accepted = this.events.match(section);
        if (accepted) taken.push([accepted, section.mid, new FakeSource(section)]);
      }
      for (const [accepted, mid, source] of taken) {
        this.sources.push(source);
        this.events.published(accepted, mid, source);
      }
      return { sdp: `answer to ${sdp}`, midToTrack: {} };
    },
  };

  readonly subscriber = {
    connected: false,
    data: { send: () => true, open: () => true, hold: () => {} },
    start: (how?: { late: boolean }) => void this.did.push(how?.late ? 'start late' : 'start'),
    restart: () => void this.did.push('restart'),
    answer: async (sdp: string): Promise<void> => void this.did.push(`answer ${sdp}`),
    add: () => {
      throw new Error('these tests subscribe nobody');
    },
  };

  stats = async () => ({
    roundTripMs: 20,
    lossUp: 0,
    lossDown: 0,
    bitrateUp: { audio: 1, video: 2 },
    bitrateDown: { audio: 3, video: 4 },
    availableDown: undefined,
  });

  limit(bitsPerSecond: number): void {
    this.did.push(`limit ${bitsPerSecond}`);
  }

  close(): void {
    this.closed = true;
  }
}

export class FakeSource implements Source {
  readonly id = 'source';
  readonly kind: 'audio' | 'video';
  readonly mime: string;
  readonly rids: readonly string[];
  readonly svcLayers = 1;
  closed = false;
  paused = false;

  constructor({ kind, codecs, rids }: OfferedTrack) {
    this.kind = kind;
    this.mime = codecs[0] ?? 'audio/opus';
    this.rids = rids;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  close(): void {
    this.closed = true;
  }

  stats = async () => ({ bitrate: 0, loss: 0, jitterMs: 0, roundTripMs: undefined, score: 10 });
}

/** What the other parts of a room were told, in order. */
export function recordingParts(told: string[]): OpenParts {
  const note = (what: string, member?: Member) =>
    void told.push(member ? `${what} ${member.identity}` : what);
  return () => ({
    subscriptions: {
      activated: (member) => note('activated', member),
      published: (track) => note(`published ${track.info.name} of`, track.publisher),
      sourceAdded: (_, source) => note(`added ${source.mime}`),
      unpublished: (track) => note(`unpublished ${track.info.name} of`, track.publisher),
      muted: (track) => note(`muted ${track.info.muted} of`, track.publisher),
      left: (member) => note('left', member),
      permitted: (member) => note('permitted', member),
      update: (member) => note('update', member),
      settings: (member) => note('settings', member),
      permission: (member) => note('permission', member),
      synced: (member) => note('synced', member),
      isSubscribed: () => false,
      subscribersOf: () => [],
      publishersOf: () => [],
      allows: () => true,
      shortfall: () => 0,
      watch: () => {},
      close: () => note('closed'),
    },
    speakers: {
      levels: (levels) => note(`levels ${levels.length}`),
      unpublished: () => {},
      left: () => {},
      simulated: (member, forS) => note(`speaks ${forS} s`, member),
      close: () => {},
    },
    quality: { left: () => {}, close: () => {} },
    data: {
      received: (member, label, payload) => note(`received ${label} ${payload} of`, member),
      signalled: (member, message) => note(message.case, member),
      activated: () => {},
      permitted: () => {},
      left: () => {},
      tracks: () => [],
      lastSequence: () => 7,
      synced: () => {},
      sendFromServer: (data) => note(`server sends ${data.topic}`),
      performRpc: async (member, { method }) => {
        note(`server calls ${method} of`, member);
        return { payload: '' };
      },
      close: () => {},
    },
  });
}

export class FakeClient implements Wire {
  readonly got: Message[] = [];
  ended: DisconnectReason | undefined;

  send(message: Message): void {
    if (this.ended !== undefined) throw new Error(`${message.case} after the end`);
    this.got.push(message);
  }

  end(reason: DisconnectReason): void {
    this.ended = reason;
  }

  cases(): (Case | undefined)[] {
    return this.got.map((message) => message.case);
  }

  all<C extends Case>(wanted: C): ValueOf<C>[] {
    return this.got.flatMap((message) => (message.case === wanted ? [message.value as ValueOf<C>] : []));
  }

  last<C extends Case>(wanted: C): ValueOf<C> {
    const value = this.all(wanted).at(-1);
    if (value === undefined) throw new Error(`no ${wanted} among ${this.cases().join(', ')}`);
    return value;
  }

  /** The last that it was told of somebody. */
  knows(identity: string): ParticipantInfo | undefined {
    return this.all('update')
      .flatMap((update) => update.participants)
      .findLast((info) => info.identity === identity);
  }
}

export const everything: MediaGrant = {
  room: 'r',
  roomAdmin: false,
  roomCreate: false,
  canPublish: true,
  canSubscribe: true,
  canPublishData: true,
  canPublishSources: [],
  canUpdateOwnMetadata: true,
  canSubscribeMetrics: false,
  hidden: false,
  recorder: false,
  agent: false,
};

export function asking(
  identity: string,
  wire: Wire,
  more: Partial<Omit<JoinAsked, 'grant'>> & { grant?: Partial<MediaGrant> } = {},
): JoinAsked {
  return {
    send: (message) => wire.send(message),
    end: (reason) => wire.end(reason),
    identity,
    name: identity.toUpperCase(),
    metadata: '',
    attributes: {},
    kind: ParticipantInfo_Kind.STANDARD,
    roomConfig: undefined,
    issuedAt: 1_000_000,
    renew: undefined,
    client: new ClientInfo({ protocol: 17 }),
    autoSubscribe: true,
    adaptiveStream: false,
    singlePeer: false,
    ...more,
    grant: { ...everything, ...more.grant },
  };
}

/** Rooms on a plane without media, a clock turned by hand, and what everybody was told. */
export class World {
  now = 1_000_000;
  readonly plane = new FakePlane();
  readonly told: string[] = [];
  readonly events: string[] = [];
  readonly failures: string[] = [];
  readonly removed = new Map<string, number>();
  readonly rooms: EmbeddedRooms;

  constructor(options: Partial<EmbeddedOptions> = {}) {
    const all: EmbeddedOptions = {
      plane: this.plane,
      clock: { now: () => this.now },
      nodeId: 'node',
      iceServers: () => [],
      emptyTimeoutS: 300,
      departureTimeoutS: 20,
      autoCreate: true,
      dataBlobBytes: 0,
      removals: {
        remember: async (room, identity, at) => void this.removed.set(`${room}/${identity}`, at),
        lastOf: async (room, identity) => this.removed.get(`${room}/${identity}`),
        forget: async (room, identity) => void this.removed.delete(`${room}/${identity}`),
      },
      failed: (what, error) => void this.failures.push(`${what}: ${error}`),
      ...options,
    };
    this.rooms = new EmbeddedRooms(all, recordingParts(this.told));
    this.rooms.service.listen((event) => {
      const who = event.participant ? ` ${event.participant.identity}` : '';
      const what = event.track ? ` ${event.track.name}` : '';
      this.events.push(`${event.event}${who}${what}`);
    });
  }

  async join(identity: string, more: Parameters<typeof asking>[2] = {}) {
    const client = new FakeClient();
    const session = await this.rooms.join(asking(identity, client, more));
    await settled();
    const peer = this.plane.peers.at(-1);
    if (!peer) throw new Error('no peer');
    return { client, session, peer };
  }

  /** In, and its connections up. */
  async enter(identity: string, more: Parameters<typeof asking>[2] = {}) {
    const all = await this.join(identity, more);
    all.peer.events.state(more.grant?.canSubscribe === false ? 0 : 1, 'connected');
    return all;
  }

  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      this.now += 1000;
      this.rooms.tick();
    }
  }
}

/** Until everything that waits for a resolved promise has had its turn. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

export async function tell(session: MediaSession, message: SignalRequest['message']): Promise<void> {
  session.receive(message);
  await settled();
}

export const section = (trackId: string, more: Partial<OfferedTrack> = {}): OfferedTrack => ({
  mid: '1',
  kind: 'video',
  streamId: 'stream',
  trackId,
  codecs: ['video/vp8'],
  rids: [],
  ...more,
});

export const camera = (cid: string, more: ConstructorParameters<typeof AddTrackRequest>[0] = {}) =>
  ({
    case: 'addTrack',
    value: new AddTrackRequest({
      cid,
      name: 'cam',
      type: TrackType.VIDEO,
      source: TrackSource.CAMERA,
      ...more,
    }),
  }) as const;
