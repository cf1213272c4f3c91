import type { DataTrackFrameEncoding, DataTrackSchemaId } from '@livekit/protocol';

/** LiveKit's bound of the names that applications give encodings of their own. */
const ENCODING_BYTES = 32;
const KEY_BYTES = 256;

const validName = (name: string) => name !== '' && Buffer.byteLength(name) <= ENCODING_BYTES;

export function validEncoding(encoding: DataTrackFrameEncoding | undefined): boolean {
  return encoding?.value.case !== 'custom' || validName(encoding.value.value);
}

export function validSchema(schema: DataTrackSchemaId | undefined): boolean {
  if (schema && Buffer.byteLength(schema.name) > KEY_BYTES) return false;
  const encoding = schema?.encoding;
  return encoding?.value.case !== 'custom' || validName(encoding.value.value);
}

export const validKey = (key: Uint8Array) => key.length > 0 && key.length <= KEY_BYTES;
