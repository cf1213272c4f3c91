import type { types } from 'mediasoup';
import { ROOM_CAPABILITIES } from '../room-codecs.ts';
import type { LocalTransport } from './types.ts';
import {
  type CodecLine,
  codecLines,
  connectionLines,
  DATA_LINES,
  sessionLines,
  text,
  writeFmtp,
} from './write.ts';

/** A section of an offer to a subscriber. */
export interface SentSection {
  readonly mid: string;
  readonly kind: 'audio' | 'video';
  /** `spare`: free to carry something else later. */
  readonly state: 'sends' | 'sends-again' | 'spare' | 'inactive';
  /** Both undefined where nothing is sent. */
  readonly rtp: types.RtpParameters | undefined;
  readonly msid: string | undefined;
}

const DIRECTIONS = {
  sends: 'sendonly',
  // A section that carried something else: pion only sees the new track with these two, as from LiveKit.
  'sends-again': 'sendrecv',
  spare: 'recvonly',
  inactive: 'inactive',
} as const;

export const DATA_MID = '0';

/** What is offered to a subscriber: its data channels first, then every track in a section of its own. */
export function writeOffer(
  transport: LocalTransport,
  version: number,
  sections: readonly SentSection[],
): string {
  const bundled = [DATA_MID, ...sections.map(({ mid }) => mid)];
  const connection = connectionLines(transport, 'actpass', false);
  return text([
    ...sessionLines(transport, { version, bundled, mixedExtensions: true }),
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    `a=mid:${DATA_MID}`,
    ...connectionLines(transport, 'actpass', true),
    ...DATA_LINES,
    ...sections.flatMap((section) => media(section, connection)),
  ]);
}

function media({ mid, kind, state, rtp, msid }: SentSection, connection: readonly string[]): string[] {
  const codecs = codecsOf(kind, rtp);
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${codecs.payloads}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    ...connection,
    `a=${DIRECTIONS[state]}`,
    'a=rtcp-mux',
    'a=rtcp-rsize',
    ...EXTENSIONS[kind],
    ...codecs.lines,
    ...(msid === undefined ? [] : [`a=msid:${msid}`]),
    ...ssrcLines(rtp),
  ];
}

function ssrcLines(rtp: types.RtpParameters | undefined): string[] {
  const encoding = rtp?.encodings?.[0];
  if (encoding?.ssrc === undefined) return [];
  const ssrcs = [encoding.ssrc, ...(encoding.rtx ? [encoding.rtx.ssrc] : [])];
  return [
    ...(ssrcs.length > 1 ? [`a=ssrc-group:FID ${ssrcs.join(' ')}`] : []),
    ...ssrcs.map((ssrc) => `a=ssrc:${ssrc} cname:${rtp?.rtcp?.cname ?? ''}`),
  ];
}

const EXTENSIONS = { audio: extensions('audio'), video: extensions('video') } as const;

function extensions(kind: 'audio' | 'video'): string[] {
  return ROOM_CAPABILITIES.headerExtensions
    .filter((each) => each.kind === kind && each.direction === 'sendrecv')
    .map(({ preferredId, uri }) => `a=extmap:${preferredId} ${uri}`);
}

interface Listed {
  readonly payloads: string;
  readonly lines: readonly string[];
}

/** By what is first; there are only as many as the room has codecs, for their text does not depend on who sends. */
const known = new Map<string, Listed>();

/**
 * Every codec of the room with the sent one first: a pion client takes the first section's list for
 * the whole connection's.
 */
function codecsOf(kind: 'audio' | 'video', rtp: types.RtpParameters | undefined): Listed {
  const first = rtp?.codecs[0];
  const key = first ? `${first.payloadType} ${writeFmtp(first.parameters ?? {})}` : kind;
  const found = known.get(key);
  if (found) return found;

  const room = ROOM_CAPABILITIES.codecs.filter((codec) => codec.kind === kind);
  const codecs = room.flatMap(({ mimeType, preferredPayloadType, clockRate, channels, ...codec }) => {
    const parameters = preferredPayloadType === first?.payloadType ? first.parameters : codec.parameters;
    return {
      payloadType: preferredPayloadType,
      encoding: `${mimeType.split('/')[1]}/${clockRate}${channels === 2 ? '/2' : ''}`,
      fmtp: writeFmtp(parameters ?? {}),
      feedback: feedback(codec.rtcpFeedback ?? [], kind),
      main: Number(parameters?.apt ?? preferredPayloadType),
    };
  });
  const ours = codecs.filter(({ main }) => main === first?.payloadType);
  const ordered: CodecLine[] = [...ours, ...codecs.filter((each) => !ours.includes(each))];
  const listed = {
    payloads: ordered.map(({ payloadType }) => payloadType).join(' '),
    lines: codecLines(ordered),
  };
  known.set(key, listed);
  return listed;
}

/** Voices are neither sent again nor measured: only what shows a picture adapts. */
function feedback(ours: readonly types.RtcpFeedback[], kind: 'audio' | 'video'): string[] {
  if (kind === 'audio') return [];
  return ours
    .filter(({ type }) => type !== 'goog-remb')
    .map(({ type, parameter }) => (parameter ? `${type} ${parameter}` : type));
}
