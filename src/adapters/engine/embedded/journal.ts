import { ParticipantInfo, Room, type RoomEndReason, type TrackInfo, WebhookEvent } from '@livekit/protocol';
import type { Clock } from '../../../ports/clock.ts';
import { newSid } from './ids.ts';

type About = { readonly sid: string; readonly name: string };
type Who = { readonly sid: string; readonly identity: string };

/** What happened in the rooms, in LiveKit's words, to whoever listens; in the order in which it happened. */
export class Journal {
  readonly #clock: Clock;
  readonly #failed: (what: string, error: unknown) => void;
  readonly #listeners = new Set<(event: WebhookEvent) => void>();

  constructor(clock: Clock, failed: (what: string, error: unknown) => void) {
    this.#clock = clock;
    this.#failed = failed;
  }

  listen(heard: (event: WebhookEvent) => void): () => void {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  roomStarted(room: Room): void {
    this.#tell({ event: 'room_started', room });
  }

  roomFinished(room: Room, roomEndReason: RoomEndReason): void {
    this.#tell({ event: 'room_finished', room, roomEndReason });
  }

  joined(room: Room, participant: ParticipantInfo): void {
    this.#tell({ event: 'participant_joined', room, participant });
  }

  /** `connected`: it had been ACTIVE; otherwise its attempt to come in is over. */
  left(room: Room, participant: ParticipantInfo, connected: boolean): void {
    this.#tell({
      event: connected ? 'participant_left' : 'participant_connection_aborted',
      room,
      participant,
    });
  }

  /** Of tracks LiveKit tells no more than the names of their room and publisher. */
  track(event: 'track_published' | 'track_unpublished', room: About, who: Who, track: TrackInfo): void {
    this.#tell({
      event,
      room: new Room({ sid: room.sid, name: room.name }),
      participant: new ParticipantInfo({ sid: who.sid, identity: who.identity }),
      track: track.clone(),
    });
  }

  #tell(about: ConstructorParameters<typeof WebhookEvent>[0]): void {
    const createdAt = BigInt(Math.floor(this.#clock.now() / 1000));
    const event = new WebhookEvent({ ...about, id: newSid('EV_'), createdAt });
    for (const heard of this.#listeners) {
      try {
        heard(event);
      } catch (error) {
        this.#failed(`a listener of ${event.event}`, error);
      }
    }
  }
}
