import type { Clock } from '../../ports/clock.ts';
import type { MediaEngine } from '../../ports/media-engine.ts';
import type { Store } from '../../ports/store.ts';
import type { Call, Leg } from './call.ts';
import { isLive, legOf } from './call.ts';
import type { CallChange, CallEvent } from './events.ts';

/** What somebody in a call needs to come into its room. */
export interface CallTicket {
  /** The engine's name of the room: the call's id. */
  room: string;
  /** Null: this server, at the address whoever asks has reached it by. */
  url: string | null;
  token: string;
}

export interface CallRoomsDeps {
  store: Store;
  engine: MediaEngine;
  clock: Clock;
  /** How long a room without anybody in it stays, in seconds. */
  rules: { emptyTimeoutS: number; departureTimeoutS: number; maxMs: number };
  failed: (what: string, error: unknown) => void;
}

const PREFIX = 'call_';
/** How often rooms are compared with calls, for what a crash left between a commit and its effect. */
const RECONCILE_MS = 15_000;
/** Somebody whose part has begun or ended within this time may be seen by one side only. */
const SETTLING_MS = 10_000;

/**
 * The rooms of calls that the engine carries. A room cannot join a transaction: what a commit has
 * decided is done to the room afterwards, idempotent, and compared again now and then.
 */
export class CallRooms {
  readonly #deps: CallRoomsDeps;
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<void> | undefined;
  #deaf: (() => void) | undefined;

  constructor(deps: CallRoomsDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { engine } = this.#deps;
    if (!engine.facts.rooms) return;
    // A ticket outlives its call, and a room may be opened right after it: neither keeps one going.
    this.#deaf = engine.listen(({ type, room }) => {
      if (type === 'room_started' && room.startsWith(PREFIX))
        this.#do(`compare room ${room} with its call`, this.#compare(room));
    });
    this.#look();
    this.#timer = setInterval(() => this.#look(), RECONCILE_MS);
  }

  async stop(): Promise<void> {
    this.#deaf?.();
    clearInterval(this.#timer);
    await this.#busy;
  }

  /** For somebody who is in the call; undefined while it is not carried by the engine. */
  async ticket(call: Call, uid: string, name: string): Promise<CallTicket | undefined> {
    const leg = legOf(call, uid);
    if (call.media !== 'sfu' || !isLive(call) || leg?.state !== 'joined') return undefined;
    const { engine, rules } = this.#deps;
    const { emptyTimeoutS, departureTimeoutS } = rules;
    await engine.openRoom({ name: call.id, maxMembers: 0, emptyTimeoutS, departureTimeoutS });
    const rights = { publish: true, subscribe: true, data: true };
    const { url, token } = await engine.ticket(call.id, {
      identity: uid,
      name,
      rights,
      ttlS: Math.ceil(rules.maxMs / 1000),
    });
    return { room: call.id, url, token };
  }

  /** Makes true in the room what a commit of this process has decided. */
  after(change: CallChange): void {
    const { call, events } = change;
    if (call.media !== 'sfu') return;
    const ended = events.some((event) => event.type === 'call.over');
    if (ended) this.#do(`close the room of ${call.id}`, this.#deps.engine.closeRoom(call.id));
    else for (const event of events) this.#effect(change, event);
  }

  #effect({ call, transient }: CallChange, event: CallEvent): void {
    if (event.type === 'leg.over') {
      // Those who were never in have no ticket.
      if (event.state !== 'left') return;
      this.#do(`remove ${event.uid} from ${call.id}`, this.#deps.engine.removeMember(call.id, event.uid));
    } else if (event.type === 'leg.media') {
      const leg = legOf(call, event.uid);
      // The device that carries the media has muted before it says so.
      if (!leg || leg.device === transient.device) return;
      this.#do(`mute ${event.uid} in ${call.id}`, this.#mute(call.id, leg));
    }
  }

  /** What the flags switch off. Switching on is the client's own: it hears of the flags. */
  async #mute(room: string, leg: Leg): Promise<void> {
    const { engine } = this.#deps;
    const member = (await engine.members(room)).find(({ identity }) => identity === leg.uid);
    for (const track of member?.tracks ?? []) {
      const off = (track.source === 'microphone' && leg.muted) || (track.source === 'camera' && !leg.videoOn);
      if (off && !track.muted) await engine.mute(room, leg.uid, track.sid, true);
    }
  }

  #do(what: string, effect: Promise<void>): void {
    effect.catch((error) => this.#deps.failed(what, error));
  }

  #look(): void {
    this.#busy ??= this.reconcile()
      .catch((error) => this.#deps.failed('compare rooms with calls', error))
      .finally(() => {
        this.#busy = undefined;
      });
  }

  /** Rooms of calls that are over close; people whose part is over are removed. */
  async reconcile(): Promise<void> {
    const { engine, failed } = this.#deps;
    for (const { name } of await engine.rooms()) {
      if (!name.startsWith(PREFIX)) continue;
      // One that cannot be compared keeps no other from it.
      await this.#compare(name).catch((error) => failed(`compare room ${name} with its call`, error));
    }
  }

  async #compare(name: string): Promise<void> {
    const { engine, store, clock } = this.#deps;
    const call = await store.read.calls.get(name);
    if (!call || !isLive(call)) return engine.closeRoom(name);
    for (const member of await engine.members(name)) {
      const leg = legOf(call, member.identity);
      if (leg?.state === 'joined' || clock.now() - (leg?.leftAt ?? 0) < SETTLING_MS) continue;
      await engine.removeMember(name, member.identity);
    }
  }
}
