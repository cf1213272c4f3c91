import { FrameSchemas } from '../frame-schema.ts';
import type { ClientData, ClientType } from './client-frames.ts';
import { clientFrames } from './client-frames.ts';

/** One checked frame. */
export type ClientFrame = { [T in ClientType]: { type: T; data: ClientData<T> } }[ClientType];

const schemas = new FrameSchemas(clientFrames);

/** A frame out of a text, or `invalid` with the field at fault. */
export function parseFrame(text: string): ClientFrame {
  const { type, data } = schemas.parse(text);
  // The schema of this type has just checked it.
  return { type, data } as ClientFrame;
}
