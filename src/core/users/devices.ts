import type { Bus } from '../../ports/bus.ts';
import type { Device } from '../../ports/store/people.ts';
import type { Store } from '../../ports/store.ts';
import { notFound } from '../errors.ts';
import type { User } from './user.ts';

/** Somebody's live sockets, wherever in the cluster they are. */
export class Devices {
  readonly #store: Store;
  readonly #bus: Bus;

  constructor({ store, bus }: { store: Store; bus: Bus }) {
    this.#store = store;
    this.#bus = bus;
  }

  /** The one connected first comes first. */
  async of(user: User): Promise<Device[]> {
    const devices = await this.#store.read.devices.of(user.id);
    return devices.sort((a, b) => a.connectedAt - b.connectedAt);
  }

  /** Closes a device's socket; its row goes with the socket. */
  async cut(user: User, deviceId: string): Promise<void> {
    const devices = await this.#store.read.devices.of(user.id);
    if (!devices.some((device) => device.id === deviceId)) throw notFound('device.unknown', { deviceId });
    this.#bus.publish('cut', { userId: user.id, device: deviceId, reason: 'signed_out' });
  }
}
