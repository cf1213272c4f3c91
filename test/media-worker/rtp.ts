/** RTP packets as bytes (RFC 3550, RFC 8285), for tests that look at what is on the wire. */
export interface Rtp {
  payloadType: number;
  marker: boolean;
  seq: number;
  timestamp: number;
  ssrc: number;
  /** By id. */
  extensions: Map<number, Buffer>;
  /** The form of the header extensions. */
  form: 'none' | 'one byte' | 'two bytes';
  payload: Buffer;
}

export function parseRtp(packet: Buffer): Rtp {
  let at = 12 + 4 * (packet.readUInt8(0) & 0x0f);
  let extensions = new Map<number, Buffer>();
  let form: Rtp['form'] = 'none';
  if (packet.readUInt8(0) & 0x10) {
    const profile = packet.readUInt16BE(at);
    const length = 4 * packet.readUInt16BE(at + 2);
    const block = packet.subarray(at + 4, at + 4 + length);
    form = profile === 0xbede ? 'one byte' : 'two bytes';
    extensions = parseExtensions(block, form);
    at += 4 + length;
  }
  const padding = packet.readUInt8(0) & 0x20 ? packet.readUInt8(packet.length - 1) : 0;
  return {
    payloadType: packet.readUInt8(1) & 0x7f,
    marker: (packet.readUInt8(1) & 0x80) !== 0,
    seq: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    extensions,
    form,
    payload: packet.subarray(at, packet.length - padding),
  };
}

function parseExtensions(block: Buffer, form: 'one byte' | 'two bytes'): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at < block.length; ) {
    const first = block.readUInt8(at++);
    if (first === 0) continue;
    const id = form === 'one byte' ? first >> 4 : first;
    const length = form === 'one byte' ? (first & 0x0f) + 1 : block.readUInt8(at++);
    found.set(id, block.subarray(at, at + length));
    at += length;
  }
  return found;
}

export function buildRtp(packet: Omit<Rtp, 'form'>): Buffer {
  const { extensions } = packet;
  const oneByte = [...extensions].every(([id, value]) => id <= 14 && value.length >= 1 && value.length <= 16);
  const elements = [...extensions].map(([id, value]) =>
    Buffer.concat([Buffer.from(oneByte ? [(id << 4) | (value.length - 1)] : [id, value.length]), value]),
  );
  const block = Buffer.concat(elements);
  const padded = Buffer.concat([block, Buffer.alloc((4 - (block.length % 4)) % 4)]);
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80 | (extensions.size > 0 ? 0x10 : 0), 0);
  header.writeUInt8((packet.marker ? 0x80 : 0) | packet.payloadType, 1);
  header.writeUInt16BE(packet.seq, 2);
  header.writeUInt32BE(packet.timestamp, 4);
  header.writeUInt32BE(packet.ssrc, 8);
  if (extensions.size === 0) return Buffer.concat([header, packet.payload]);
  const preamble = Buffer.alloc(4);
  preamble.writeUInt16BE(oneByte ? 0xbede : 0x1000, 0);
  preamble.writeUInt16BE(padded.length / 4, 2);
  return Buffer.concat([header, preamble, padded, packet.payload]);
}

/** RFC 4585: asks to have one packet again. */
export function buildNack(ssrc: number, seq: number): Buffer {
  const nack = Buffer.alloc(16);
  nack.writeUInt8(0x81, 0);
  nack.writeUInt8(205, 1);
  nack.writeUInt16BE(3, 2);
  nack.writeUInt32BE(1, 4);
  nack.writeUInt32BE(ssrc, 8);
  nack.writeUInt16BE(seq, 12);
  return nack;
}

/** RTCP has these where RTP has a marker and a payload type (RFC 5761). */
export const isRtcp = (packet: Buffer): boolean => packet.readUInt8(1) >= 192 && packet.readUInt8(1) <= 223;
