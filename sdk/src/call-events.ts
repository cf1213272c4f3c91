import type { CallState, EndReason } from './types.ts';

export interface CallEvents {
  state: [CallState];
  /** Somebody came, went, or changed; read `participants`. */
  participants: [];
  /** That person's media is there or has changed. */
  stream: [string];
  /** That person muted or showed a picture. */
  media: [string];
  /** One's own media changed. */
  local: [];
  quality: [string];
  /** It is carried by a room of the server from now on. */
  upgraded: [];
  ended: [EndReason];
}

export interface AnswerOptions {
  /** Default: as the call is. */
  video?: boolean;
  stream?: MediaStream;
}
