import type { Bus, BusTopics } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Device } from '../../ports/store/devices.ts';
import type { Store } from '../../ports/store.ts';
import type { Call } from '../calls/call.ts';
import type { CallChange } from '../calls/events.ts';
import type { Calls } from '../calls/service.ts';
import { ParleyError } from '../errors.ts';
import { Turns } from '../turns.ts';
import { loseIfGone, takeUp } from './legs.ts';
import type { LocalDevice } from './local-devices.ts';
import { isDevice, LocalDevices } from './local-devices.ts';
import { NodeLife } from './node-life.ts';

/** Sockets of one person, in the whole cluster. */
export const GREATEST_SOCKETS = 10;

export interface PresenceDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  calls: Calls;
  nodeId: string;
  /** Is that node certainly gone, whatever its lease says? */
  isGone: (nodeId: string) => boolean;
  /** Told of what could not be done and is tried again later. */
  failed: (what: string, error: unknown) => void;
}

/** A device whose socket is about to open. */
export type Arrival = Pick<LocalDevice, 'userId' | 'uid' | 'id' | 'jti' | 'userAgent'>;

/**
 * Who is there: one row per open socket, held by the lease of its node, so that a dead node's people
 * go too. A person's leg in a call follows its device: lost with the socket, taken up with the next.
 */
export class Presence {
  readonly local = new LocalDevices();
  readonly #deps: PresenceDeps;
  readonly #turns = new Turns<number>();
  readonly #life: NodeLife;
  /** Devices with a row and no socket yet. */
  readonly #arriving = new Set<Arrival>();
  readonly #stops: (() => void)[] = [];
  #draining = false;

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
    this.#life = new NodeLife(deps, {
      cleared: (devices) => this.#cleared(devices),
      forgotten: () => this.#writeAll(),
    });
  }

  async start(): Promise<void> {
    const { bus } = this.#deps;
    this.#stops.push(
      bus.subscribe('cut', (cut) => {
        if (cut.spare !== this.#deps.nodeId) this.#cut(cut);
      }),
      bus.subscribe('call', (change) => this.#follow(change)),
    );
    await this.#life.start();
  }

  /** From now on the rows of sockets that close are left to `stop`, which takes them all at once. */
  drain(): void {
    this.#draining = true;
  }

  /** The sockets are closed: this node's rows go, and its people's legs begin their grace. */
  async stop(): Promise<void> {
    this.drain();
    for (const stop of this.#stops.splice(0)) stop();
    await this.#turns.idle();
    await this.#life.stop();
  }

  /**
   * Somebody is about to open a socket: their device counts as there before they are told that it is
   * open. Throws `limit` when the person has too many. Follow it by `attach`, or `forsake`.
   */
  async arrive(device: Arrival): Promise<void> {
    this.#arriving.add(device);
    try {
      await this.#turns.run(device.userId, () => this.#arrive(device));
    } catch (error) {
      this.#arriving.delete(device);
      throw error;
    }
  }

  async #arrive(device: Arrival): Promise<void> {
    const { store, bus, nodeId } = this.#deps;
    const { userId, uid, id } = device;
    const before = await store.transaction(async (tx) => {
      const devices = await tx.devices.of(userId);
      if (devices.filter((other) => other.id !== id).length >= GREATEST_SOCKETS) {
        throw new ParleyError('limit', 'socket.many');
      }
      await tx.devices.add(this.#row(device));
      return devices;
    });
    if (before.length === 0) bus.publish('presence', { userId, uid, online: true });
    const elsewhere = before.some((other) => other.id === id && other.nodeId !== nodeId);
    if (elsewhere) bus.publish('cut', { userId, device: id, reason: 'replaced', spare: nodeId });
  }

  /**
   * The socket is open. It hears of changes from the call on, before anything is read, so that
   * nothing is missed. Answers the call its person is engaged in, taken up if it was this device's.
   */
  async attach(device: LocalDevice, arrival: Arrival): Promise<Call | undefined> {
    const { userId, id } = device;
    this.#arriving.delete(arrival);
    for (const other of this.local.of(userId)) if (other.id === id) other.cut('replaced');
    this.local.add(device);
    return takeUp(this.#deps, device);
  }

  /** The socket did not open after all. */
  async forsake(arrival: Arrival): Promise<void> {
    if (this.#arriving.delete(arrival)) {
      await this.#turns.run(arrival.userId, () => this.#depart(arrival));
    }
  }

  /** A socket has closed. */
  async disconnect(device: LocalDevice): Promise<void> {
    if (!this.local.remove(device) || this.#draining) return;
    await this.#turns.run(device.userId, () => this.#depart(device));
  }

  async #depart(device: Arrival): Promise<void> {
    const { store, nodeId } = this.#deps;
    const { userId, id } = device;
    // Another socket of the same device has taken its row over, or is about to.
    const same = (other: Arrival) => other.userId === userId && other.id === id;
    if (this.local.of(userId).some(same) || [...this.#arriving].some(same)) return;
    await store.transaction((tx) => tx.devices.remove(userId, id, nodeId));
    await this.#gone(device);
  }

  /** What follows when a device's row is away: its leg is lost, its person perhaps offline. */
  async #gone({ userId, id, jti }: Pick<Device, 'userId' | 'id' | 'jti'>): Promise<void> {
    await loseIfGone(this.#deps, userId, { id, jti });
    const { store, bus } = this.#deps;
    // Read after the commit: of two that go at once, at least one sees that nobody is left.
    if ((await store.read.devices.online([userId])).has(userId)) return;
    const user = await store.read.users.byId(userId);
    if (user) bus.publish('presence', { userId, uid: user.uid, online: false });
  }

  /** Has this person a live socket here under this name: a device id or a token's `jti`? */
  isLive(userId: number, name: string): boolean {
    return this.local.find(userId, name) !== undefined;
  }

  /** The device goes on in its person's call, if the call has lost its own: `undefined` without one. */
  takeUp(device: LocalDevice): Promise<Call | undefined> {
    return takeUp(this.#deps, device);
  }

  #row(device: Arrival): Device {
    const { id, userId, jti, userAgent } = device;
    const { nodeId, clock } = this.#deps;
    return { id, userId, nodeId, jti, userAgent, connectedAt: clock.now() };
  }

  #cut({ userId, device: name, keep, reason }: BusTopics['cut']): void {
    for (const device of this.local.of(userId)) {
      if (keep?.some((one) => isDevice(device, one))) continue;
      if (name === undefined || isDevice(device, name)) device.cut(reason);
    }
  }

  /**
   * A leg was given to a device by REST, or to a socket that closed meanwhile. Its socket, if it is
   * here, binds it; a bound leg whose socket is nowhere is lost at once.
   */
  #follow({ call, events }: CallChange): void {
    for (const event of events) {
      const by =
        event.type === 'leg.joined' ? event : event.type === 'call.placed' ? event.caller : undefined;
      if (!by || by.device === null) continue;
      const { userId, uid, device, bound } = by;
      const here = this.isLive(userId, device);
      if (here === bound) continue;
      const work = here
        ? this.#deps.calls.attempt(call.id, { type: 'bind', by: uid, device })
        : loseIfGone(this.#deps, userId, { id: device, jti: null });
      work.catch((error) => this.#deps.failed('follow a leg to its device', error));
    }
  }

  /** Many rows were taken away at once: a dead node's, or our own at the end. */
  async #cleared(devices: readonly Device[]): Promise<void> {
    if (devices.length === 0) return;
    const { store, bus, failed } = this.#deps;
    const ids = [...new Set(devices.map((device) => device.userId))];
    const gone = new Set(ids);
    for (const leg of await store.read.calls.boundLegs()) {
      if (!gone.has(leg.userId)) continue;
      try {
        await loseIfGone(this.#deps, leg.userId, { id: leg.device, jti: null });
      } catch (error) {
        failed('take a dead node away', error);
      }
    }
    const online = await store.read.devices.online(ids);
    const offline = await store.read.users.byIds(ids.filter((id) => !online.has(id)));
    for (const { id, uid } of offline) bus.publish('presence', { userId: id, uid, online: false });
  }

  /** Others took this node for dead (it stood still too long): its devices are written anew. */
  async #writeAll(): Promise<void> {
    const { store, bus } = this.#deps;
    for (const device of this.local) {
      await this.#turns.run(device.userId, async () => {
        const { userId, uid, id } = device;
        if (!this.isLive(userId, id)) return;
        const before = await store.transaction(async (tx) => {
          const devices = await tx.devices.of(userId);
          await tx.devices.add(this.#row(device));
          return devices;
        });
        // Who took the rows away has said that this person is gone.
        if (before.length === 0) bus.publish('presence', { userId, uid, online: true });
        await takeUp(this.#deps, device);
      });
    }
  }
}
