import type { App } from '../../core/app.ts';
import type { Call, CallChange, Leg } from '../../core/calls/index.ts';
import { legOf } from '../../core/calls/index.ts';
import { isDevice } from '../../core/presence/index.ts';
import { say } from '../words.ts';
import type { Delivery, PersonInfo } from './deliveries.ts';
import { deliveriesOf, shownPeople } from './deliveries.ts';
import { peopleInfo } from './people.ts';
import type { CallSocket } from './socket.ts';
import { comingIn, tellUpgrade, ticketsFor } from './upgrades.ts';

/**
 * Tells this node's sockets what has become of a call. Changes of one call are told in their order,
 * although some must look people up first.
 */
export class Announcer {
  readonly #app: App;
  readonly #failed: (error: unknown) => void;
  /** The last thing being told about a call, while something is. */
  readonly #telling = new Map<string, Promise<void>>();
  readonly #opening = new Set<CallSocket>();

  constructor(app: App, failed: (error: unknown) => void) {
    this.#app = app;
    this.#failed = failed;
  }

  /** A socket that is being opened hears of changes before it knows of the calls. */
  opens(socket: CallSocket): void {
    this.#opening.add(socket);
  }

  opened(socket: CallSocket): void {
    this.#opening.delete(socket);
  }

  /** Until what has happened to a call so far has been told. */
  telling(callId: string): Promise<void> | undefined {
    return this.#telling.get(callId);
  }

  announce(change: CallChange): void {
    const { call } = change;
    const { local } = this.#app.presence;
    for (const socket of this.#opening) {
      if (call.legs.some((leg) => leg.userId === socket.userId)) socket.opening?.note(call);
    }
    if (!call.legs.some((leg) => local.has(leg.userId))) return;
    const before = this.#telling.get(call.id);
    const people = shownPeople(change);
    const coming = comingIn(change).filter((leg) => local.has(leg.userId));
    if (!before && people.length === 0) {
      this.#tell(change, new Map());
      this.#letIn(call, coming);
      return;
    }
    const telling = (before ?? Promise.resolve())
      .then(async () => this.#tell(change, await peopleInfo(this.#app, people)))
      .catch(this.#failed);
    this.#telling.set(call.id, telling);
    // Right before whatever waits for it, so that nothing comes between the two.
    telling.then(() => {
      if (this.#telling.get(call.id) === telling) this.#telling.delete(call.id);
      this.#letIn(call, coming);
    });
  }

  #tell(change: CallChange, people: Map<number, PersonInfo>): void {
    const { call } = change;
    const person = (userId: number) => people.get(userId) ?? { id: userId, username: '', avatar: '' };
    for (const delivery of deliveriesOf(change, person)) {
      const sent = this.#send(delivery, call.id);
      if (delivery.frame.type === 'call:offer' && sent) this.rang(call, delivery.userId);
    }
  }

  /** Into the room that carries the call. An engine that is slow to answer holds back no other news. */
  #letIn(call: Call, coming: readonly Leg[]): void {
    if (coming.length === 0) return;
    ticketsFor(this.#app, call, coming, this.#failed)
      .then((upgrades) => {
        for (const upgrade of upgrades) tellUpgrade(this.#app, call, upgrade);
      })
      .catch(this.#failed);
  }

  #send({ userId, only, except, frame, words }: Delivery, callId: string): boolean {
    const text = words === undefined ? JSON.stringify(frame) : undefined;
    let sent = false;
    for (const device of this.#app.presence.local.of(userId)) {
      if (only !== undefined && !isDevice(device, only)) continue;
      if (except !== undefined && isDevice(device, except)) continue;
      // Every local device is a socket of this door.
      const socket = device as CallSocket;
      if (frame.type === 'call:offer') socket.opening?.offered(callId);
      if (socket.deliver(text ?? inWords(frame, say(words ?? '', socket.locale)))) sent = true;
    }
    return sent;
  }

  /** A device has been sent the call: its person is being rung, which the first time is news. */
  rang(call: Call, userId: number): void {
    const leg = call.legs.find((one) => one.userId === userId);
    if (!leg || legOf(call, leg.uid)?.state !== 'invited') return;
    this.#app.calls.attempt(call.id, { type: 'ring', by: leg.uid }).catch(this.#failed);
  }
}

const inWords = (frame: Delivery['frame'], message: string) =>
  JSON.stringify({ type: frame.type, data: { ...frame.data, message } });
