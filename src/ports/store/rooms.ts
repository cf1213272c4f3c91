import type { Room, RoomHead } from '../../core/rooms/room.ts';

export interface RoomQueries {
  get(name: string): Promise<Room | undefined>;
  /** The live room of a host application's channel. */
  ofChannel(id: string, type: number): Promise<RoomHead | undefined>;
  /** Newest first: all of them, or those somebody has a part in. */
  page(userId: number | undefined, limit: number, offset: number): Promise<RoomHead[]>;
  count(userId: number | undefined): Promise<number>;
  /** Live rooms with a deadline that has passed. */
  due(now: number, limit: number): Promise<string[]>;
  /** Of these names those that are known, and whether each is over. */
  over(names: readonly string[]): Promise<Map<string, boolean>>;
  /** How many are in the media, of the live rooms in which anybody is. */
  inMedia(): Promise<Map<string, number>>;
  /** Of these people, those who are invited or joined somewhere, with the call or room that has them. */
  engaged(userIds: readonly number[]): Promise<Map<number, string>>;
}

export interface RoomWrites {
  /** The same as `get`, holding the room until the transaction ends where the database can. */
  lock(name: string): Promise<Room | undefined>;
  /**
   * Answers it with its numbers. Throws `conflict` with details.field `room_name`, or `live_key` when
   * its channel has a live room.
   */
  insert(room: Room): Promise<Room>;
  /** Writes what differs if the version is still `before`'s, and answers it; undefined if it is not. */
  save(before: Room, after: Room): Promise<Room | undefined>;
}
