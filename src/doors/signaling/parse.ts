import { forbidden, invalid } from '../../core/errors.ts';
import { FrameSchemas } from '../frame-schema.ts';
import type { ClientData, ClientType } from './client-frames.ts';
import { clientFrames } from './client-frames.ts';

/** One checked frame; without `to` it is for the server. */
export type ClientFrame = {
  [T in ClientType]: { type: T; data: ClientData<T>; to: number | undefined };
}[ClientType];

/** Whose socket it is, and of which meeting. */
export interface Place {
  readonly userId: number;
  readonly meetingId: number;
}

/** How the server is called where people have numbers. */
export const SERVER = 'server';

const schemas = new FrameSchemas(clientFrames);

/** A frame out of a text, or `invalid` with the field at fault, or `forbidden` for who speaks as somebody else. */
export function parseFrame(text: string, { userId, meetingId }: Place): ClientFrame {
  const { type, data, frame } = schemas.parse(text);
  const { meeting_id: meeting = meetingId, from = userId, user_id: user = userId, to } = frame;
  if (meeting !== meetingId) throw invalid('meeting_id');
  if (from !== userId || user !== userId) throw forbidden('auth.not_yourself');
  // The schema of this type has just checked the data.
  return { type, data, to: receiverOf(to, userId) } as ClientFrame;
}

function receiverOf(to: unknown, own: number): number | undefined {
  if (to === undefined || to === null || to === SERVER) return undefined;
  if (typeof to !== 'number' || !Number.isSafeInteger(to) || to < 1 || to === own) throw invalid('to');
  return to;
}
