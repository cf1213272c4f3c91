import {
  ClientInfo,
  DataPacket,
  ParticipantInfo,
  type ParticipantInfo_Kind,
  ParticipantPermission,
  type SignalResponse,
} from '@livekit/protocol';
import type { DataLink, Peer } from '../../media/types.ts';
import type { Member, RoomData, RoomView } from '../types.ts';
import { openRoomData } from './room-data.ts';

type Said = SignalResponse['message'];

/** A member that remembers what it was sent, by signal and on its channels. */
export class FakeMember implements Member {
  readonly sid: string;
  readonly identity: string;
  hidden = false;
  readonly client = new ClientInfo();
  readonly autoSubscribe = true;
  readonly adaptiveStream = false;
  autoSubscribeDataTracks = false;
  kind: ParticipantInfo_Kind = 0;
  permission = new ParticipantPermission({ canSubscribe: true, canPublish: true, canPublishData: true });
  closed = false;
  active = true;
  readonly tracks = new Map();
  readonly said: Said[] = [];
  readonly got: { label: string; payload: Buffer }[] = [];
  /** What its channels answer to who sends on them. */
  answer: boolean | Promise<boolean> = true;
  held = false;
  touches = 0;
  readonly peer: Peer;

  constructor(name: string) {
    this.sid = `PA_${name}`;
    this.identity = name;
    const up: DataLink = {
      send: () => false,
      open: () => false,
      hold: (held) => {
        this.held = held;
      },
    };
    const down: DataLink = {
      send: (label, payload) => {
        this.got.push({ label, payload: Buffer.from(payload) });
        return this.answer;
      },
      open: () => true,
      hold: () => {},
    };
    this.peer = {
      publisher: { connected: true, data: up, answer: async () => ({ sdp: '', midToTrack: {} }) },
      subscriber: { data: down } as unknown as Peer['subscriber'],
      stats: () => Promise.reject(new Error('not measured here')),
      limit: () => {},
      close: () => {},
    };
  }

  info(): ParticipantInfo {
    return new ParticipantInfo({ sid: this.sid, identity: this.identity, kind: this.kind });
  }
  send(message: Said): void {
    this.said.push(message);
  }
  touched(): void {
    this.touches++;
  }
  end(): void {}

  /** Everything of one kind it was told. */
  heard<C extends NonNullable<Said['case']>>(of: C): Extract<Said, { case: C }>['value'][] {
    return this.said.filter((one) => one.case === of).map((one) => one.value as never);
  }

  packets(): DataPacket[] {
    return this.got.map(({ payload }) => DataPacket.fromBinary(payload));
  }
}

export class FakeRoom implements RoomView {
  readonly sid = 'RM_1';
  readonly name = 'room';
  readonly #members = new Map<string, FakeMember>();
  readonly failures: unknown[] = [];
  /** Pairs of a publisher and a member that does not get its tracks. */
  readonly denied = new Set<string>();
  readonly subscribed = new Set<string>();
  now = 0;
  readonly data: RoomData;

  constructor(dataBlobBytes = 0) {
    this.data = openRoomData(
      this,
      {
        allows: (publisher, _track, member) => !this.denied.has(`${publisher.identity} ${member.identity}`),
        isSubscribed: (member, publisher) => this.subscribed.has(`${publisher.identity} ${member.identity}`),
      },
      { clock: { now: () => this.now }, dataBlobBytes, failed: (_what, error) => this.failures.push(error) },
    );
  }

  add(name: string): FakeMember {
    const member = new FakeMember(name);
    this.#members.set(name, member);
    return member;
  }
  leave(member: FakeMember): void {
    member.closed = true;
    this.#members.delete(member.identity);
    this.data.left(member);
  }
  members(): Iterable<FakeMember> {
    return this.#members.values();
  }
  byIdentity(identity: string): FakeMember | undefined {
    return this.#members.get(identity);
  }
  bySid(sid: string): FakeMember | undefined {
    return [...this.#members.values()].find((member) => member.sid === sid);
  }
  track(): undefined {
    return undefined;
  }
}
