import { DisconnectReason, RoomEndReason } from '@livekit/protocol';
import { forbidden, invalid, notFound, ParleyError } from '../../../core/errors.ts';
import type { JoinAsked } from '../../../ports/media-join.ts';
import type { MediaSession, MediaSessions, ResumeAsked } from '../../../ports/media-sessions.ts';
import { Journal } from './journal.ts';
import { attributesBytes, bytes, LIMITS } from './limits.ts';
import type { EmbeddedOptions } from './options.ts';
import { idleEnd, isIdle, keepDeadlines } from './room/deadlines.ts';
import type { OpenParts } from './room/parts.ts';
import { resume } from './room/resume.ts';
import { LiveRoom, type RoomSettings } from './room/room.ts';
import { Session } from './room/session.ts';
import { EmbeddedService } from './service.ts';

/** The rooms of this process: who comes in, who comes back, and when a room is over. */
export class EmbeddedRooms implements MediaSessions {
  readonly service: EmbeddedService;
  readonly journal: Journal;
  readonly options: EmbeddedOptions;
  readonly #openParts: OpenParts;
  readonly #rooms = new Map<string, LiveRoom>();
  readonly #coming = new Set<Coming>();
  #closed = false;

  constructor(options: EmbeddedOptions, openParts: OpenParts) {
    this.options = options;
    this.#openParts = openParts;
    this.journal = new Journal(options.clock, options.failed);
    this.service = new EmbeddedService(this);
  }

  get singlePeer(): boolean {
    return this.options.plane.mapsNumbers;
  }

  async join(asked: JoinAsked): Promise<MediaSession> {
    if (asked.singlePeer && !this.singlePeer) throw new ParleyError('unsupported', 'unsupported');
    if (bytes(asked.metadata) > LIMITS.metadataBytes) throw invalid('metadata');
    if (attributesBytes(asked.attributes) > LIMITS.attributesBytes) throw invalid('attributes');
    const coming: Coming = { asked, barred: false };
    this.#coming.add(coming);
    try {
      return await this.#letIn(coming);
    } finally {
      this.#coming.delete(coming);
    }
  }

  async #letIn(coming: Coming): Promise<MediaSession> {
    const { asked } = coming;
    for (const identity of namesOf(asked)) {
      if (await this.#removedSince(asked.grant.room, identity, asked.issuedAt)) {
        throw forbidden('room.removed');
      }
    }
    const room = this.#roomFor(asked);
    room.holds++;
    try {
      await room.ready();
      if (coming.barred) throw forbidden('room.removed');
      // It may have been ended by somebody while its media was set up.
      const member = (room.closed ? this.#roomFor(asked) : room).admit(asked);
      return new Session(member, asked);
    } finally {
      room.holds--;
    }
  }

  /** Somebody's tokens of before this moment let nobody in any more, whether or not they are there. */
  async voidTokens(room: string, identity: string, at: number): Promise<void> {
    await this.options.removals.remember(room, identity, at);
    // Who had been looked up before and is not in yet.
    for (const coming of this.#coming) {
      const { asked } = coming;
      if (asked.grant.room !== room || asked.issuedAt >= at) continue;
      if (namesOf(asked).includes(identity)) coming.barred = true;
    }
  }

  async resume(asked: ResumeAsked): Promise<MediaSession | undefined> {
    if (await this.#removedSince(asked.room, asked.identity, asked.issuedAt)) return undefined;
    const member = this.#rooms.get(asked.room)?.byIdentity(asked.identity);
    if (!member || (asked.sid !== '' && asked.sid !== member.sid)) return undefined;
    const session = new Session(member, asked);
    resume(member, asked);
    return session;
  }

  load(): ReturnType<MediaSessions['load']> {
    return this.options.plane.load();
  }

  get(name: string): LiveRoom | undefined {
    return this.#rooms.get(name);
  }

  all(): LiveRoom[] {
    return [...this.#rooms.values()];
  }

  /** The room of this name as it is, or a new one. */
  open(settings: Partial<RoomSettings> & { name: string }): LiveRoom {
    if (this.#closed) throw new ParleyError('unavailable', 'unavailable');
    const known = this.#rooms.get(settings.name);
    if (known) return known;
    const { emptyTimeoutS, departureTimeoutS } = this.options;
    const full: RoomSettings = {
      name: settings.name,
      metadata: settings.metadata ?? '',
      maxParticipants: settings.maxParticipants ?? 0,
      emptyTimeoutS: settings.emptyTimeoutS || emptyTimeoutS,
      departureTimeoutS: settings.departureTimeoutS || departureTimeoutS,
    };
    const room = new LiveRoom(full, this.options, this.journal, this.#openParts);
    this.#rooms.set(room.name, room);
    return room;
  }

  async end(room: LiveRoom, reason: DisconnectReason, ended: RoomEndReason): Promise<void> {
    if (this.#rooms.get(room.name) === room) this.#rooms.delete(room.name);
    await room.close(reason, ended);
  }

  /** To be called once a second. */
  tick(): void {
    for (const room of this.all()) {
      try {
        keepDeadlines(room);
        if (isIdle(room)) void this.#endIdle(room);
      } catch (error) {
        this.options.failed(`the deadlines of ${room.name}`, error);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const ends = this.all().map((room) =>
      this.end(room, DisconnectReason.SERVER_SHUTDOWN, RoomEndReason.ROOM_END_SERVER_SHUTDOWN),
    );
    await Promise.all(ends);
  }

  async #endIdle(room: LiveRoom): Promise<void> {
    try {
      await this.end(room, idleEnd.reason, idleEnd.ended);
    } catch (error) {
      this.options.failed(`the end of ${room.name}`, error);
    }
  }

  #roomFor({ grant, roomConfig }: JoinAsked): LiveRoom {
    const known = this.#rooms.get(grant.room);
    if (known) return known;
    if (!this.options.autoCreate && !grant.roomCreate) throw notFound('room.unknown');
    return this.open({
      name: grant.room,
      ...(roomConfig && {
        metadata: roomConfig.metadata,
        maxParticipants: roomConfig.maxParticipants,
        emptyTimeoutS: roomConfig.emptyTimeout,
        departureTimeoutS: roomConfig.departureTimeout,
      }),
    });
  }

  async #removedSince(room: string, identity: string, issuedAt: number): Promise<boolean> {
    const removedAt = await this.options.removals.lastOf(room, identity);
    return removedAt !== undefined && issuedAt < removedAt;
  }
}

/** Somebody who is coming in: looked up, and waiting for a place. */
interface Coming {
  readonly asked: JoinAsked;
  /** Removed meanwhile. */
  barred: boolean;
}

const namesOf = ({ identity, signedFor }: JoinAsked): string[] =>
  signedFor === undefined ? [identity] : [identity, signedFor];
