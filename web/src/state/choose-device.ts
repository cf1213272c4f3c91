import type { DeviceKind } from './devices.ts';
import { chooseDevice as chooseInCall } from './in-call.ts';
import { chooseRoomDevice } from './in-room.ts';
import { inside } from './visit.ts';

/** Takes another device, in the call or the room that is on and from now on. */
export function chooseDevice(kind: DeviceKind, deviceId: string): Promise<void> {
  return inside() ? chooseRoomDevice(kind, deviceId) : chooseInCall(kind, deviceId);
}
