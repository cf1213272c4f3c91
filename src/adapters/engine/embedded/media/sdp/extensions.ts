import type { Extension, Section } from './types.ts';

export const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';
const TRANSPORT_CC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
const ABS_SEND_TIME = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';

/** What we read of what clients send. */
const READ = {
  audio: [MID, TRANSPORT_CC, ABS_SEND_TIME, 'urn:ietf:params:rtp-hdrext:ssrc-audio-level'],
  video: [
    MID,
    'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
    'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
    TRANSPORT_CC,
    ABS_SEND_TIME,
    'urn:3gpp:video-orientation',
  ],
} as const;

/** Only headers of two bytes reach further, which not every client reads back. */
export const GREATEST_ID = 14;

/** The header extensions of a section that are taken, with the numbers they are offered with. */
export function takenExtensions({ type, extensions }: Section): Extension[] {
  if (type !== 'audio' && type !== 'video') return [];
  const known: readonly string[] = READ[type];
  const taken = extensions.filter(
    ({ uri, id }, i) =>
      id <= GREATEST_ID && known.includes(uri) && extensions.findIndex((each) => each.uri === uri) === i,
  );
  // Both measure the same: the one saves the other's bytes in every packet.
  const measured = taken.some(({ uri }) => uri === TRANSPORT_CC);
  return measured ? taken.filter(({ uri }) => uri !== ABS_SEND_TIME) : taken;
}

/** Feedback that both sides give, of what the client offered. */
export function takenFeedback(
  offered: readonly string[],
  ours: readonly { type: string; parameter?: string }[],
  measured: boolean,
): string[] {
  const words = ours.map(({ type, parameter }) => (parameter ? `${type} ${parameter}` : type));
  const unused = measured ? 'goog-remb' : 'transport-cc';
  return [...new Set(offered)].filter((each) => words.includes(each) && each !== unused);
}

export const isMeasured = (extensions: readonly Extension[]) =>
  extensions.some(({ uri }) => uri === TRANSPORT_CC);
