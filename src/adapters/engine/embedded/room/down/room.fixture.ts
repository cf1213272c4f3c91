import {
  ClientInfo,
  ParticipantInfo,
  ParticipantPermission,
  type SignalResponse,
  SimulcastCodecInfo,
  TrackInfo,
  TrackSource,
  TrackType,
  VideoLayer,
} from '@livekit/protocol';
import type { Layers, TransportStats } from '../../media/measures.ts';
import type { Downlink, DownlinkAbout, Peer, Source } from '../../media/types.ts';
import type { Member, PublishedTrack, RoomView } from '../types.ts';

/** A downlink that remembers what it was told. */
export class FakeDownlink implements Downlink {
  readonly trackSid: string;
  readonly source: Source;
  readonly about: DownlinkAbout;
  paused: boolean;
  closed = false;
  preferred: Layers | undefined;
  priority: number | undefined;

  constructor(source: Source, about: DownlinkAbout) {
    this.source = source;
    this.about = about;
    this.trackSid = about.trackSid;
    this.paused = about.paused;
  }

  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  prefer(layers: Layers): void {
    this.preferred = layers;
  }
  prioritize(priority: number): void {
    this.priority = priority;
  }
  close(): void {
    this.closed = true;
  }
}

const QUIET: TransportStats = {
  roundTripMs: 20,
  lossDown: 0,
  lossUp: 0,
  bitrateUp: { audio: 0, video: 0 },
  bitrateDown: { audio: 0, video: 1 },
  availableDown: undefined,
};

type Said = SignalResponse['message'];

export class FakeMember implements Member {
  readonly sid: string;
  readonly identity: string;
  hidden = false;
  readonly client = new ClientInfo();
  autoSubscribe = true;
  adaptiveStream = false;
  permission = new ParticipantPermission({ canSubscribe: true, canPublish: true });
  closed = false;
  active = true;
  readonly tracks = new Map<string, PublishedTrack>();
  readonly said: Said[] = [];
  readonly downlinks: FakeDownlink[] = [];
  stats: () => Promise<TransportStats> = async () => QUIET;
  asked = 0;
  peer: Peer;

  constructor(name: string) {
    this.sid = `PA_${name}`;
    this.identity = name;
    this.peer = this.connect();
  }

  /** A new connection; what the old one carried is gone. */
  connect(): Peer {
    const link = {
      connected: true,
      data: { send: () => true, open: () => true, hold: () => {} },
      answer: async () => ({ sdp: '', midToTrack: {} }),
    };
    this.peer = {
      publisher: link,
      subscriber: {
        ...link,
        answer: async () => {},
        start: () => {},
        restart: () => {},
        add: (source, about) => {
          const downlink = new FakeDownlink(source, about);
          this.downlinks.push(downlink);
          return downlink;
        },
      },
      stats: () => {
        this.asked += 1;
        return this.stats();
      },
      limit: () => {},
      close: () => {},
    };
    return this.peer;
  }

  info(): ParticipantInfo {
    return new ParticipantInfo({ sid: this.sid, identity: this.identity });
  }
  send(message: Said): void {
    this.said.push(message);
  }
  touched(): void {}
  end(): void {}

  /** Everything of one kind it was told. */
  heard<C extends NonNullable<Said['case']>>(of: C): Extract<Said, { case: C }>['value'][] {
    return this.said.filter((one) => one.case === of).map((one) => one.value as never);
  }

  /** The open downlinks of a track. */
  links(trackSid: string): FakeDownlink[] {
    return this.downlinks.filter((link) => link.trackSid === trackSid && !link.closed);
  }
}

export class FakeRoom implements RoomView {
  readonly sid = 'RM_1';
  readonly name = 'room';
  readonly #members = new Map<string, FakeMember>();

  add(name: string): FakeMember {
    const member = new FakeMember(name);
    this.#members.set(member.sid, member);
    return member;
  }
  remove(member: FakeMember): void {
    member.closed = true;
    this.#members.delete(member.sid);
  }
  members(): Iterable<FakeMember> {
    return this.#members.values();
  }
  byIdentity(identity: string): FakeMember | undefined {
    return [...this.#members.values()].find((member) => member.identity === identity);
  }
  bySid(sid: string): FakeMember | undefined {
    return this.#members.get(sid);
  }
  track(sid: string): PublishedTrack | undefined {
    return [...this.#members.values()].map((member) => member.tracks.get(sid)).find((track) => track);
  }
}

export type FakeTrack = PublishedTrack & { sources: Map<string, Source> };

export function sourceOf(id: string, mime: string, rids: string[] = [], svcLayers = 1): Source {
  return {
    id,
    kind: mime.startsWith('video') ? 'video' : 'audio',
    mime,
    rids,
    svcLayers,
    closed: false,
    pause: () => {},
    resume: () => {},
    close: () => {},
    stats: async () => ({ bitrate: 1, loss: 0, jitterMs: 0, roundTripMs: undefined, score: 10 }),
  };
}

/** A camera of three layers: 180, 360 and 720 lines. */
export function camera(publisher: FakeMember, sid: string, codecs: string[] = ['video/vp8']): FakeTrack {
  const layers = [180, 360, 720].map(
    (height, quality) => new VideoLayer({ quality, height, width: (height * 16) / 9 }),
  );
  const info = new TrackInfo({
    sid,
    type: TrackType.VIDEO,
    source: TrackSource.CAMERA,
    width: 1280,
    height: 720,
    layers,
    stream: 'camera',
    codecs: codecs.map((mimeType) => new SimulcastCodecInfo({ mimeType })),
  });
  const main = codecs[0] ?? 'video/vp8';
  const sources = new Map([[main, sourceOf(`${sid} ${main}`, main, ['q', 'h', 'f'])]]);
  return publish(publisher, info, sources);
}

export function microphone(publisher: FakeMember, sid: string): FakeTrack {
  const info = new TrackInfo({
    sid,
    type: TrackType.AUDIO,
    source: TrackSource.MICROPHONE,
    stream: 'camera',
  });
  return publish(publisher, info, new Map([['audio/opus', sourceOf(sid, 'audio/opus')]]));
}

function publish(publisher: FakeMember, info: TrackInfo, sources: Map<string, Source>): FakeTrack {
  const track = { publisher, info, sources };
  publisher.tracks.set(info.sid, track);
  return track;
}
