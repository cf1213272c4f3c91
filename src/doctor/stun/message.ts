import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** STUN messages as bytes (RFC 8489), as far as asking and understanding answers takes. */
export interface StunMessage {
  readonly method: number;
  readonly kind: Kind;
  readonly id: Buffer;
  readonly attributes: readonly Attribute[];
}
export type Kind = 'request' | 'indication' | 'success' | 'error';
export type Attribute = readonly [type: number, value: Buffer];

export const METHOD = { binding: 0x001, allocate: 0x003, refresh: 0x004 } as const;
export const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
  mapped: 0x0020,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  controlling: 0x802a,
} as const;

const COOKIE = 0x2112a442;
const HEAD = 20;
const KINDS: readonly Kind[] = ['request', 'indication', 'success', 'error'];
/** MESSAGE-INTEGRITY and FINGERPRINT with their heads. */
const INTEGRITY_BYTES = 24;
const FINGERPRINT_BYTES = 8;
const FINGERPRINT_XOR = 0x5354554e;

export const request = (method: number, attributes: readonly Attribute[] = []): StunMessage => ({
  method,
  kind: 'request',
  id: randomBytes(12),
  attributes,
});

/** With a key, signed; with a fingerprint, as ICE wants it. */
export function encode(message: StunMessage, options: { key?: Buffer; fingerprint?: boolean } = {}): Buffer {
  const parts = message.attributes.map(attribute);
  let bytes = Buffer.concat([head(message), ...parts]);
  if (options.key) {
    tellLength(bytes, INTEGRITY_BYTES);
    const sum = createHmac('sha1', options.key).update(bytes).digest();
    bytes = Buffer.concat([bytes, attribute([ATTRIBUTE.integrity, sum])]);
  }
  if (options.fingerprint) {
    tellLength(bytes, FINGERPRINT_BYTES);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE((crc32(bytes) ^ FINGERPRINT_XOR) >>> 0);
    bytes = Buffer.concat([bytes, attribute([ATTRIBUTE.fingerprint, sum])]);
  }
  tellLength(bytes, 0);
  return bytes;
}

/** Undefined when it is no STUN message, or only the beginning of one. */
export function decode(bytes: Buffer): StunMessage | undefined {
  const length = lengthOf(bytes);
  if (length === undefined || bytes.length < length) return undefined;
  const type = bytes.readUInt16BE(0);
  const kind = KINDS[((type >> 4) & 1) | ((type >> 7) & 2)];
  const method = (type & 0xf) | ((type >> 1) & 0x70) | ((type >> 2) & 0xf80);
  const attributes: Attribute[] = [];
  for (let at = HEAD; at + 4 <= length; ) {
    const size = bytes.readUInt16BE(at + 2);
    if (at + 4 + size > length) return undefined;
    attributes.push([bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + size)]);
    at += 4 + padded(size);
  }
  return kind && { method, kind, id: bytes.subarray(8, HEAD), attributes };
}

/** How long the message that begins here is; undefined when none does, or too little has come. */
export function lengthOf(bytes: Buffer): number | undefined {
  if (bytes.length < HEAD || bytes.readUInt16BE(0) > 0x3fff || bytes.readUInt32BE(4) !== COOKIE)
    return undefined;
  return HEAD + bytes.readUInt16BE(2);
}

/** Whether these bytes carry a MESSAGE-INTEGRITY made with this key. */
export function isSigned(bytes: Buffer, key: Buffer): boolean {
  for (let at = HEAD; at + 4 <= bytes.length; at += 4 + padded(bytes.readUInt16BE(at + 2))) {
    if (bytes.readUInt16BE(at) !== ATTRIBUTE.integrity) continue;
    const before = Buffer.from(bytes.subarray(0, at));
    tellLength(before, INTEGRITY_BYTES);
    const said = bytes.subarray(at + 4, at + INTEGRITY_BYTES);
    const right = createHmac('sha1', key).update(before).digest();
    return said.length === right.length && timingSafeEqual(said, right);
  }
  return false;
}

export const attributeOf = ({ attributes }: StunMessage, type: number): Buffer | undefined =>
  attributes.find(([candidate]) => candidate === type)?.[1];

/** 401, 420 and so on; undefined when it is no refusal. */
export function errorCode(message: StunMessage): number | undefined {
  const value = attributeOf(message, ATTRIBUTE.errorCode);
  if (message.kind !== 'error' || !value || value.length < 4) return undefined;
  return (value.readUInt8(2) & 7) * 100 + value.readUInt8(3);
}

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

function head({ method, kind, id }: StunMessage): Buffer {
  const bits = KINDS.indexOf(kind);
  const bytes = Buffer.alloc(HEAD);
  bytes.writeUInt16BE(
    (method & 0xf) | ((method & 0x70) << 1) | ((method & 0xf80) << 2) | ((bits & 1) << 4) | ((bits & 2) << 7),
  );
  bytes.writeUInt32BE(COOKIE, 4);
  id.copy(bytes, 8);
  return bytes;
}

function attribute([type, value]: Attribute): Buffer {
  const bytes = Buffer.alloc(4 + padded(value.length));
  bytes.writeUInt16BE(type);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

/** A signature covers a length that already counts the signature. */
const tellLength = (bytes: Buffer, more: number) => bytes.writeUInt16BE(bytes.length - HEAD + more, 2);
const padded = (size: number) => (size + 3) & ~3;
