import type { Bus, BusTopics } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import type { LocalDevices } from '../presence/local-devices.ts';
import type { Call, Leg } from './call.ts';
import { isEngaged, isLive, isPending } from './call.ts';
import type { CallChange } from './events.ts';
import { Kept } from './kept.ts';
import type { RelayFrame } from './relay-frames.ts';
import { relayText } from './relay-frames.ts';

/** Known calls are read again after this long, should the bus have lost a change. */
const CHECK_MS = 10_000;
/** Calls nobody relays in any more are forgotten after this long, which is longer than any rings; they are read again when needed. */
const FORGET_MS = 900_000;

const CALL_ID = /^call_[0-9a-z]{26}$/;

export interface RelayDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  /** The sockets of this process: a frame for one of them goes straight there. */
  local: LocalDevices;
}

/** Who sends: a person, and the device they send with; a service acts without one. */
export interface RelaySender {
  uid: string;
  device: { id: string; jti: string | null } | null;
}

interface Route {
  call: Call;
  checkedAt: number;
  /** What its people sent to somebody whose device is yet to come. */
  kept: Kept | undefined;
  /** Given with the offer and not stored; for devices that come while it rings. */
  conversationId: string | undefined;
}

/**
 * Hands candidates and descriptions on between people in a call. The hot path: who is in which call
 * is remembered and kept right by the bus, so a frame costs no question to the database.
 */
export class Relay {
  readonly #deps: RelayDeps;
  readonly #routes = new Map<string, Route>();
  #telling: (callId: string) => Promise<void> | undefined = () => undefined;
  readonly #stops: (() => void)[];
  readonly #timer: NodeJS.Timeout;

  constructor(deps: RelayDeps) {
    this.#deps = deps;
    this.#stops = [
      deps.bus.subscribe('call', (change) => this.#learn(change)),
      deps.bus.subscribe('frame', (frame) => this.#deliver(frame)),
    ];
    this.#timer = setInterval(() => this.#forget(), FORGET_MS / 5);
    this.#timer.unref();
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    clearInterval(this.#timer);
    this.#routes.clear();
  }

  /** Frames of a call wait for what is just being told about it: an answer comes before its candidates. */
  follow(telling: (callId: string) => Promise<void> | undefined): void {
    this.#telling = telling;
  }

  /** A call as it is now or was moments ago; throws `not_found`. */
  call(callId: string): Call | Promise<Call> {
    const route = this.#route(callId);
    return route instanceof Promise ? route.then(({ call }) => call) : route.call;
  }

  /**
   * Hands a frame on, at once when the call is known. Throws what `mayRelay` does, and `not_found`
   * for a call nobody knows.
   */
  relay(callId: string, from: RelaySender, to: string, frame: RelayFrame): void | Promise<void> {
    const route = this.#route(callId);
    if (route instanceof Promise) return route.then((found) => this.#hand(found, from, to, frame));
    this.#hand(route, from, to, frame);
  }

  /** What was sent to this person while no device of theirs was there, oldest first. */
  kept(callId: string, userId: number): readonly string[] {
    return this.#routes.get(callId)?.kept?.of(userId) ?? [];
  }

  /** They have it; what is sent from now on reaches their device. */
  drop(callId: string, userId: number): void {
    this.#routes.get(callId)?.kept?.drop(userId);
  }

  conversationOf(callId: string): string | undefined {
    return this.#routes.get(callId)?.conversationId;
  }

  #hand(route: Route, from: RelaySender, to: string, frame: RelayFrame): void {
    const { call } = route;
    const leg = mayRelay(call, from, to);
    const text = relayText(call.id, from.uid, frame, this.#deps.clock.now());
    const steady = leg.state === 'joined' && leg.bound && leg.lostAt === null;
    const relayed = { callId: call.id, from: from.uid, keep: !steady };
    if (!steady || leg.device === null) {
      this.#deps.bus.publish('frame', { userId: leg.userId, text, relayed });
      return;
    }
    const device = this.#deps.local.find(leg.userId, leg.device);
    const telling = device && this.#telling(call.id);
    if (telling) telling.then(() => device.deliver(text));
    else if (!device?.deliver(text)) {
      this.#deps.bus.publish('frame', { userId: leg.userId, device: leg.device, text, relayed });
    }
  }

  /** Frames for anybody's sockets here, whoever made them. */
  #deliver(frame: BusTopics['frame']): void {
    const telling = frame.relayed && this.#telling(frame.relayed.callId);
    if (telling) telling.then(() => this.#deliverNow(frame));
    else this.#deliverNow(frame);
  }

  #deliverNow({ userId, text, device, except, relayed }: BusTopics['frame']): void {
    // A call this node has never heard of: nobody of it has ever been here.
    const route = relayed?.keep ? this.#routes.get(relayed.callId) : undefined;
    this.#deps.local.deliver(userId, text, {
      ...(device === undefined ? {} : { device }),
      ...(except === undefined ? {} : { except }),
      // What is kept reaches a device that is just opening after the offer, not before.
      ready: route !== undefined,
    });
    if (!relayed || !route) return;
    route.kept ??= new Kept();
    route.kept.add(userId, relayed.from, text);
  }

  #route(callId: string): Route | Promise<Route> {
    const known = this.#routes.get(callId);
    if (!known) return this.#load(callId);
    if (this.#deps.clock.now() - known.checkedAt > CHECK_MS) this.#check(known);
    return known;
  }

  async #load(callId: string): Promise<Route> {
    const call = CALL_ID.test(callId) ? await this.#deps.store.read.calls.get(callId) : undefined;
    if (!call) throw notFound('call.unknown', { callId });
    const known = this.#routes.get(callId);
    if (known && known.call.version >= call.version) return known;
    return this.#remember(call, known);
  }

  /** In the background: the frame at hand goes by what is known. */
  #check(route: Route): void {
    route.checkedAt = this.#deps.clock.now();
    this.#deps.store.read.calls.get(route.call.id).then(
      (call) => {
        if (call && call.version > route.call.version) this.#remember(call, route);
      },
      // A database that does not answer is no reason to stop relaying; the next check is soon.
      () => undefined,
    );
  }

  #learn({ call, transient }: CallChange): void {
    const known = this.#routes.get(call.id);
    if (known && known.call.version >= call.version) return;
    const route = this.#remember(call, known);
    if (transient.conversationId !== undefined) route.conversationId = transient.conversationId;
  }

  #remember(call: Call, known: Route | undefined): Route {
    const route = known ?? { call, checkedAt: 0, kept: undefined, conversationId: undefined };
    if (route.kept) clear(route.kept, route.call, call);
    route.call = call;
    route.checkedAt = this.#deps.clock.now();
    if (isLive(call)) this.#routes.set(call.id, route);
    else this.#routes.delete(call.id);
    return route;
  }

  #forget(): void {
    const before = this.#deps.clock.now() - FORGET_MS;
    for (const [callId, route] of this.#routes) if (route.checkedAt < before) this.#routes.delete(callId);
  }
}

/** Who has left needs nothing more, nor does a device that rang and answered: it has had everything. */
function clear(kept: Kept, before: Call, after: Call): void {
  for (const leg of after.legs) {
    const old = before.legs.find((one) => one.uid === leg.uid);
    if (!isEngaged(leg) || (leg.bound && old && isPending(old))) kept.drop(leg.userId);
  }
}

/**
 * May this person send to that one in this call? Answers the receiver's leg. Throws `forbidden`
 * (`call.not_in_call`: the sender is not; `call.receiver_not_in_call`) and `conflict` when the call,
 * or the sender's part of it on this device, is over.
 */
export function mayRelay(call: Call, from: RelaySender, to: string): Leg {
  const own = call.legs.find((leg) => leg.uid === from.uid);
  if (!own) throw forbidden('call.not_in_call', { callId: call.id });
  if (!isLive(call) || !isEngaged(own)) {
    throw conflict('call.over', { callId: call.id, status: call.state });
  }
  if (from.device && own.bound && own.device !== from.device.id && own.device !== from.device.jti) {
    if (!isPending(own)) throw conflict('call.answered_elsewhere', { callId: call.id, status: call.state });
  }
  const leg = receiver(call, to);
  if (!leg || !isEngaged(leg) || leg === own) {
    throw forbidden('call.receiver_not_in_call', { callId: call.id });
  }
  return leg;
}

/** By uid, else by decimal id. */
export const receiver = (call: Call, to: string): Leg | undefined =>
  call.legs.find((leg) => leg.uid === to) ?? call.legs.find((leg) => String(leg.userId) === to);
