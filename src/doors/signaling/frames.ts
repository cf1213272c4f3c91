import { SERVER } from './parse.ts';
import type { ServerData, ServerType } from './server-frames.ts';

/** A frame of the server's, without where it is from. */
export type ServerFrameOf<T extends ServerType> = { [K in T]: { type: K; data: ServerData<K> } }[T];

/** As it goes out. `from` is who it is of: the server itself, or somebody. */
export const encode = (
  meetingId: number,
  type: ServerType,
  data: object,
  from: number | typeof SERVER = SERVER,
): string => JSON.stringify({ type, from, meeting_id: meetingId, data });
