/** The messages by which data channels are opened in band (RFC 8832), and what SCTP says of a payload. */

/** SCTP payload protocol identifiers of WebRTC (RFC 8831). */
export const PPID = {
  control: 50,
  text: 51,
  binary: 53,
  textEmpty: 56,
  binaryEmpty: 57,
} as const;

const OPEN = 0x03;
const ACK = 0x02;
const HEADER_BYTES = 12;
/** Unordered, and never sent again: the priority and reliability fields follow the type. */
const LOSSY = 0x81;
const RELIABLE = 0x00;

export const dcepAck = () => Buffer.from([ACK]);

export const isDcepAck = (message: Buffer) => message[0] === ACK;

export function dcepOpen(label: string, lossy: boolean): Buffer {
  const name = Buffer.from(label);
  const message = Buffer.alloc(HEADER_BYTES + name.length);
  message[0] = OPEN;
  message[1] = lossy ? LOSSY : RELIABLE;
  message.writeUInt16BE(name.length, 8);
  name.copy(message, HEADER_BYTES);
  return message;
}

/** The label of the channel that the message opens; undefined when it is no such message, or a damaged one. */
export function openedLabel(message: Buffer): string | undefined {
  if (message[0] !== OPEN || message.length < HEADER_BYTES) return undefined;
  const end = HEADER_BYTES + message.readUInt16BE(8);
  return end <= message.length ? message.toString('utf8', HEADER_BYTES, end) : undefined;
}

/** A message of a client's: SCTP carries no empty ones, so that they come as one byte of another kind. */
export function received(message: Buffer, ppid: number): { payload: Buffer; text: boolean } | undefined {
  switch (ppid) {
    case PPID.text:
      return { payload: message, text: true };
    case PPID.binary:
      return { payload: message, text: false };
    case PPID.textEmpty:
      return { payload: Buffer.alloc(0), text: true };
    case PPID.binaryEmpty:
      return { payload: Buffer.alloc(0), text: false };
    default:
      return undefined;
  }
}
