import { ATTRIBUTE, attributeOf, type StunMessage } from './message.ts';

export interface Address {
  readonly address: string;
  readonly port: number;
}

const COOKIE = Buffer.from([0x21, 0x12, 0xa4, 0x42]);
const IPV4 = 1;

/** XOR-MAPPED-ADDRESS, or the attribute asked for: whom the other side sees, or gives. */
export function xorAddress(message: StunMessage, type: number = ATTRIBUTE.mapped): Address | undefined {
  const value = attributeOf(message, type);
  if (!value || value.length < 8) return undefined;
  const port = value.readUInt16BE(2) ^ COOKIE.readUInt16BE(0);
  const mask = Buffer.concat([COOKIE, message.id]);
  const bytes = value.subarray(4).map((byte, i) => byte ^ (mask[i] ?? 0));
  if (value.readUInt8(1) === IPV4) return { address: bytes.subarray(0, 4).join('.'), port };
  if (bytes.length < 16) return undefined;
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  // As every other address is written: zeros shortened.
  return { address: new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1), port };
}
