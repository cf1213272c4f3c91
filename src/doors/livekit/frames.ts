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

/** What has been encoded, as long as somebody still has the message. */
const known = new WeakMap<Response, { binary?: Uint8Array; text?: string }>();

/**
 * One message for a client, in the form it speaks. Once for all that the same object goes to: a
 * message is not changed after it was sent to anybody.
 */
export function encode(message: Response, binary: boolean): Uint8Array | string {
  let forms = known.get(message);
  if (!forms) {
    forms = {};
    known.set(message, forms);
  }
  if (binary) {
    forms.binary ??= new SignalResponse({ message }).toBinary();
    return forms.binary;
  }
  forms.text ??= new SignalResponse({ message }).toJsonString();
  return forms.text;
}
