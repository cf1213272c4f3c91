import type { LocalTransport } from './types.ts';

/** One codec as a section lists it. */
export interface CodecLine {
  readonly payloadType: number;
  /** `VP8/90000`. */
  readonly encoding: string;
  readonly fmtp: string;
  readonly feedback: readonly string[];
}

/** The lines before the first section; `version` grows with every description of one connection. */
export function sessionLines(
  transport: LocalTransport,
  session: { version: number; bundled: readonly string[]; mixedExtensions: boolean },
): string[] {
  const { algorithm, value } = transport.fingerprint;
  return [
    'v=0',
    `o=- 4611731400430051337 ${session.version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    ...(session.bundled.length > 0 ? [`a=group:BUNDLE ${session.bundled.join(' ')}`] : []),
    ...(session.mixedExtensions ? ['a=extmap-allow-mixed'] : []),
    'a=msid-semantic: WMS *',
    'a=ice-lite',
    `a=fingerprint:${algorithm} ${value}`,
  ];
}

/** What every section says of the connection; the first of a bundle also where it is reached. */
export function connectionLines(
  transport: LocalTransport,
  setup: 'actpass' | 'passive',
  first: boolean,
): string[] {
  const reached = [
    ...transport.candidates.map((each) => `a=${each}`),
    ...(transport.complete ? ['a=end-of-candidates'] : []),
  ];
  return [
    `a=ice-ufrag:${transport.ufrag}`,
    `a=ice-pwd:${transport.password}`,
    `a=setup:${setup}`,
    ...(first ? reached : []),
  ];
}

export function codecLines(codecs: readonly CodecLine[]): string[] {
  return codecs.flatMap(({ payloadType, encoding, fmtp, feedback }) => [
    `a=rtpmap:${payloadType} ${encoding}`,
    ...feedback.map((words) => `a=rtcp-fb:${payloadType} ${words}`),
    ...(fmtp === '' ? [] : [`a=fmtp:${payloadType} ${fmtp}`]),
  ]);
}

export const writeFmtp = (parameters: Readonly<Record<string, unknown>>) =>
  Object.entries(parameters)
    .map(([key, value]) => `${key}=${value}`)
    .join(';');

/** The greatest message taken on a data channel; a LiveKit client sends chunks of 64 KiB at most. */
export const MAX_MESSAGE_BYTES = 262_144;

export const DATA_LINES = ['a=sctp-port:5000', `a=max-message-size:${MAX_MESSAGE_BYTES}`];

export const text = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n`;
