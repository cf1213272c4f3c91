import type { ParticipantInfo, Room, TrackInfo, WebhookEvent } from '@livekit/protocol';
import { WebhookEvent as Event, ListRoomsRequest, ParticipantInfo_State } from '@livekit/protocol';
import type { RoomService } from '../../../ports/room-service.ts';
import type { News } from './news.ts';

/** How often the cluster is asked how things stand: a lost webhook is made good within twice that. */
const EVERY_MS = 8_000;

interface Known {
  room: Room;
  /** By sid. */
  members: Map<string, ParticipantInfo>;
}

export interface WatchDeps {
  service: RoomService;
  news: News;
  now: () => number;
  failed: (what: string, error: unknown) => void;
}

/**
 * The rooms as webhooks tell of them, compared with the cluster now and then: what a webhook that
 * never came would have told is told by the comparison. Asks only while there are rooms to ask about.
 */
export class Watch {
  readonly #deps: WatchDeps;
  /** By sid. */
  readonly #known = new Map<string, Known>();
  /** Names of rooms that somebody has, or will have, a ticket for. */
  readonly #expected = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(deps: WatchDeps) {
    this.#deps = deps;
    deps.news.listen((event) => this.#note(event));
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** A room that is about to begin, until then. */
  expect(name: string, untilMs: number): void {
    this.#expected.set(name, untilMs);
  }

  #look(): void {
    this.#looking ??= this.compare()
      .catch((error) => this.#deps.failed('ask the LiveKit cluster how its rooms stand', error))
      .finally(() => {
        this.#looking = undefined;
      });
  }

  /** Tells what has happened and nobody has said. */
  async compare(): Promise<void> {
    const { service, now } = this.#deps;
    for (const [name, until] of this.#expected) if (until < now()) this.#expected.delete(name);
    const names = new Set([
      ...this.#expected.keys(),
      ...[...this.#known.values()].map(({ room }) => room.name),
    ]);
    if (names.size === 0) return;
    const rooms = await service.listRooms(new ListRoomsRequest({ names: [...names] }));
    for (const room of rooms) {
      const members = await service.listParticipants(room.name).catch(() => undefined);
      if (members) this.#compareRoom(room, members);
    }
    const open = new Set(rooms.map(({ sid }) => sid));
    for (const [sid, known] of this.#known) if (!open.has(sid)) this.#over(known);
  }

  #compareRoom(room: Room, members: readonly ParticipantInfo[]): void {
    // What we read may be older than what a webhook has told since.
    if (this.#deps.news.wasTold({ event: 'room_finished', room })) return;
    this.#tell('room_started', { room });
    const present = members.filter(({ state }) => state === ParticipantInfo_State.ACTIVE);
    const sids = new Set(members.map(({ sid }) => sid));
    for (const [sid, gone] of this.#known.get(room.sid)?.members ?? []) {
      if (!sids.has(sid)) this.#left(room, gone);
    }
    for (const participant of present) {
      if (this.#deps.news.wasTold({ event: 'participant_left', room, participant })) continue;
      this.#tell('participant_joined', { room, participant });
      for (const track of participant.tracks) this.#tell('track_published', { room, participant, track });
      const before = this.#known.get(room.sid)?.members.get(participant.sid)?.tracks ?? [];
      for (const track of before) {
        if (!participant.tracks.some(({ sid }) => sid === track.sid)) {
          this.#tell('track_unpublished', { room, participant, track });
        }
      }
    }
  }

  #over({ room, members }: Known): void {
    for (const participant of [...members.values()]) this.#left(room, participant);
    this.#tell('room_finished', { room });
  }

  #left(room: Room, participant: ParticipantInfo): void {
    for (const track of [...participant.tracks])
      this.#tell('track_unpublished', { room, participant, track });
    this.#tell('participant_left', { room, participant });
  }

  #tell(event: string, about: Pick<WebhookEvent, 'room' | 'participant' | 'track'>): void {
    const createdAt = BigInt(Math.floor(this.#deps.now() / 1000));
    const sids = [about.room?.sid, about.participant?.sid, about.track?.sid].filter(Boolean);
    const id = ['found', event, ...sids].join('_');
    this.#deps.news.tell(new Event({ ...about, event, id, createdAt }));
  }

  /** Everything told, by a webhook or by us, is known. */
  #note({ event, room, participant, track }: WebhookEvent): void {
    if (!room) return;
    if (event === 'room_finished') {
      this.#known.delete(room.sid);
      return;
    }
    // Webhooks may come in any order: nothing more is to be known of a room that is over.
    if (this.#deps.news.wasTold({ event: 'room_finished', room })) return;
    const known = this.#known.get(room.sid) ?? { room, members: new Map() };
    this.#known.set(room.sid, known);
    if (!participant) return;
    const member = known.members.get(participant.sid);
    if (event === 'participant_joined') known.members.set(participant.sid, participant.clone());
    else if (event === 'track_published' && track) member?.tracks.push(track);
    else if (event === 'track_unpublished' && track && member) {
      member.tracks = member.tracks.filter((other: TrackInfo) => other.sid !== track.sid);
    } else if (event.startsWith('participant_')) known.members.delete(participant.sid);
  }
}
