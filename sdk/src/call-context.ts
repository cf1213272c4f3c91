import type { Call } from './call.ts';
import type { RoomCarrier } from './call-room.ts';
import type { ParleyError } from './errors.ts';
import type { LocalMedia } from './local-media.ts';
import type { ClientFrames, SendFrame, WirePerson } from './protocol.ts';
import type { Rest } from './rest.ts';
import type { CallKind, Person } from './types.ts';

/** What a call needs of the client it belongs to. */
export interface CallContext {
  /** Own uid. */
  readonly me: string;
  /** This client carries media itself. */
  readonly media: boolean;
  /** Makes what carries calls through rooms; absent when the application brings nothing. */
  readonly rooms: (() => RoomCarrier | Promise<RoomCarrier>) | undefined;
  readonly rest: Rest;
  readonly send: SendFrame;
  online(): boolean;
  iceServers(): Promise<RTCIceServer[]>;
  /** Microphone and camera, or the application's own stream; only the flags without media. */
  openMedia(kind: CallKind, options: { video?: boolean; stream?: MediaStream }): Promise<LocalMedia>;
  /** What is known of that person. */
  person(uid: string): Person;
  learn(person: Person): void;
  /** Somebody as a frame names them. */
  meet(uid: string, info: WirePerson | undefined): Person;
  /** The call is over here while the server could not be told: it is told when it can be. */
  tellLater(callId: string, data: ClientFrames['call:hang_up']): void;
  ended(call: Call): void;
  error(error: ParleyError): void;
}
