import type { Store } from '../../ports/store.ts';
import type { Call, Leg } from '../calls/call.ts';
import type { Calls } from '../calls/service.ts';
import type { LocalDevice } from './local-devices.ts';
import { isDevice } from './local-devices.ts';

interface LegDeps {
  store: Store;
  calls: Calls;
}

const joinedLeg = (call: Call | undefined, userId: number): Leg | undefined =>
  call?.legs.find((leg) => leg.userId === userId && leg.state === 'joined');

/**
 * The device's person is in a call: a leg of this device is bound to it (again), and a lost one goes
 * to a device that cannot be told from the one before. Answers the person's call as it is then.
 */
export async function takeUp({ store, calls }: LegDeps, device: LocalDevice): Promise<Call | undefined> {
  const call = await store.read.calls.liveOf(device.userId);
  const leg = joinedLeg(call, device.userId);
  if (!call || !leg) return call;
  const own = leg.device !== null && isDevice(device, leg.device);
  const lost = leg.lostAt !== null;
  if (own ? leg.bound && !lost : !lost || device.named) return call;
  const name = own && leg.device !== null ? leg.device : device.id;
  return (await calls.attempt(call.id, { type: 'bind', by: leg.uid, device: name })).call;
}

/** Begins the grace of the person's leg if it was this device's and no live socket stands for it. */
export async function loseIfGone(
  { store, calls }: LegDeps,
  userId: number,
  gone: Pick<LocalDevice, 'id' | 'jti'>,
): Promise<void> {
  const call = await store.read.calls.liveOf(userId);
  const leg = joinedLeg(call, userId);
  if (!call || !leg?.bound || leg.device === null || !isDevice(gone, leg.device)) return;
  const { uid, device } = leg;
  const stands = async () => (await store.read.devices.of(userId)).some((other) => isDevice(other, device));
  if (await stands()) return;
  await calls.attempt(call.id, { type: 'lose', by: uid, device });
  // It may have come back on another node, which then saw a leg that was not lost yet.
  if (await stands()) await calls.attempt(call.id, { type: 'bind', by: uid, device });
}
