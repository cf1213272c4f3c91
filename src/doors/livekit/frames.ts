import { SignalRequest, SignalResponse } from '@livekit/protocol';

type Request = SignalRequest['message'];
type Response = SignalResponse['message'];

/** LiveKit's greatest signal message; a larger one closes its socket with 1009. */
export const GREATEST_FRAME = 2 * 1024 * 1024;

/** One message of a client. Throws for what is none; one that we do not know has no case. */
export function decode(data: Buffer, binary: boolean): Request {
  if (binary) return SignalRequest.fromBinary(data).message;
  return SignalRequest.fromJsonString(data.toString('utf8'), { ignoreUnknownFields: true }).message;
}

/** One message for a client, in the form it speaks. */
export function encode(message: Response, binary: boolean): Uint8Array | string {
  const response = new SignalResponse({ message });
  return binary ? response.toBinary() : response.toJsonString();
}
