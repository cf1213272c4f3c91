import type { Bus } from '../../ports/bus.ts';
import type { Device } from '../../ports/store/devices.ts';
import type { Store } from '../../ports/store.ts';
import { notFound } from '../errors.ts';
import type { User } from './user.ts';

/** Somebody's live sockets, wherever in the cluster they are; the one connected first comes first. */
export async function devicesOf({ store }: { store: Store }, user: User): Promise<Device[]> {
  const devices = await store.read.devices.of(user.id);
  return devices.sort((a, b) => a.connectedAt - b.connectedAt);
}

/** Closes a device's socket, on whichever node it is; its row goes with the socket. */
export async function cutDevice(
  app: { store: Store; bus: Bus },
  user: User,
  deviceId: string,
): Promise<void> {
  const devices = await app.store.read.devices.of(user.id);
  if (!devices.some((device) => device.id === deviceId)) throw notFound('device.unknown', { deviceId });
  app.bus.publish('cut', { userId: user.id, device: deviceId, reason: 'signed_out' });
}
