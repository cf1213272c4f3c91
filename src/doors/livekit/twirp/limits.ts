import { TwirpError } from './errors.ts';

/** LiveKit's own limits, in bytes of UTF-8. */
const GREATEST = { name: 256, metadata: 512 * 1024, attribute: 64 * 1024, 'room name': 256 } as const;

const over = (what: string, limit: number) =>
  new TwirpError('invalid_argument', `${what} exceeds limits ${limit}`);

export function checkRoomName(name: string): void {
  if (Buffer.byteLength(name) > GREATEST['room name']) {
    throw new TwirpError(
      'invalid_argument',
      `room name length exceeds limits: max length ${GREATEST['room name']}`,
    );
  }
}

export function checkName(name: string): void {
  if (Buffer.byteLength(name) > GREATEST.name) throw over('name length', GREATEST.name);
}

export function checkMetadata(metadata: string): void {
  if (Buffer.byteLength(metadata) > GREATEST.metadata) throw over('metadata size', GREATEST.metadata);
}

/** Names and values together. */
export function checkAttributes(attributes: Readonly<Record<string, string>>): void {
  let bytes = 0;
  for (const [name, value] of Object.entries(attributes))
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  if (bytes > GREATEST.attribute) throw over('attribute size', GREATEST.attribute);
}

export function checkNonce(nonce: Uint8Array): void {
  if (nonce.length === 0 || nonce.length === 16) return;
  throw new TwirpError(
    'invalid_argument',
    `nonce should be 16-bytes or not present, got: ${nonce.length} bytes`,
  );
}

export function checkDestination(room: string, destination: string): void {
  if (room !== destination) return;
  throw new TwirpError('invalid_argument', 'destination room cannot be the same as source room');
}
