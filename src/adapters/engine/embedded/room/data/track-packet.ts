const HEADER_BYTES = 12;
const HANDLE_AT = 2;
const EXTENDED = 0x04;

/** The publisher's handle for the track, of a whole packet; undefined for anything else. */
export function handleOf(packet: Buffer): number | undefined {
  if (packet.length < HEADER_BYTES) return undefined;
  if ((packet[0] ?? 0) & EXTENDED) {
    if (packet.length < HEADER_BYTES + 2) return undefined;
    // Counted in words of four bytes less one, the size field with them.
    const bytes = (packet.readUInt16BE(HEADER_BYTES) + 1) * 4;
    if (packet.length < HEADER_BYTES + bytes) return undefined;
  }
  return packet.readUInt16BE(HANDLE_AT);
}

/** The packet as a receiver gets it, who knows the track by a handle of its own. */
export function withHandle(packet: Buffer, handle: number): Buffer {
  const copy = Buffer.from(packet);
  copy.writeUInt16BE(handle, HANDLE_AT);
  return copy;
}
