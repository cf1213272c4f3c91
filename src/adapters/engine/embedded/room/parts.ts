import type { Quality, RoomData, RoomView, Speakers, Subscriptions } from './types.ts';

/** What works on a room's members beside the room itself. */
export interface RoomParts {
  readonly subscriptions: Subscriptions;
  readonly speakers: Speakers;
  readonly quality: Quality;
  readonly data: RoomData;
}

export type OpenParts = (room: RoomView) => RoomParts;
