import { type Carried, carriedCodecs } from './carried.ts';
import { isMeasured, takenExtensions, takenFeedback } from './extensions.ts';
import type { Voice } from './producing.ts';
import type { Description, Direction, LocalTransport, Section } from './types.ts';
import {
  type CodecLine,
  codecLines,
  connectionLines,
  DATA_LINES,
  sessionLines,
  text,
  writeFmtp,
} from './write.ts';

/** A section that is carried: with which codec first, and what its voice is to be like. */
export interface Carries extends Voice {
  readonly codec: string;
  /** Nothing is received in it. */
  readonly onlySends?: boolean;
  readonly sends?: Sends;
}

/** What is sent to the client in a section that it offered, in its own numbers. */
export interface Sends {
  /** Lower case. */
  readonly codec: string;
  readonly payloadType: number;
  readonly msid: string;
  readonly cname: string;
  readonly ssrc: number;
  readonly rtxSsrc: number | undefined;
}

/** Stereo music, at the most Opus does. */
const STEREO = { stereo: 1, maxaveragebitrate: 510_000 };

/**
 * Answers an offer section by section. Those in `carries` are received or sent; all others are inactive, but
 * still list what was negotiated: a browser that finds header extensions or rids gone cannot offer
 * the section again.
 */
export function writeAnswer(
  offer: Description,
  transport: LocalTransport,
  version: number,
  carries: (mid: string) => Carries | undefined,
): string {
  const taken = offer.sections.filter(isTaken);
  const inBundle = (mid: string) => offer.bundled.length === 0 || offer.bundled.includes(mid);
  const bundled = taken.map(({ mid }) => mid).filter((mid) => offer.bundled.length > 0 && inBundle(mid));
  const first = offer.bundled.find((mid) => taken.some((section) => section.mid === mid)) ?? taken[0]?.mid;
  const { mixedExtensions } = offer;
  return text([
    ...sessionLines(transport, { version, bundled, mixedExtensions }),
    ...offer.sections.flatMap((section) => {
      if (!isTaken(section)) return refusal(section);
      const connection = connectionLines(transport, 'passive', section.mid === first);
      if (section.type === 'application') return data(section, connection);
      return media(section, connection, carries(section.mid));
    }),
  ]);
}

/** Sections that are neither served nor could ever be are refused for good. */
function isTaken(section: Section): boolean {
  if (section.rejected || section.type === 'other') return false;
  return section.type === 'application' || carriedCodecs(section).length > 0;
}

function refusal({ media, protocol, formats, mid }: Section): string[] {
  return [`m=${media} 0 ${protocol} ${formats.join(' ')}`, 'c=IN IP4 0.0.0.0', `a=mid:${mid}`, 'a=inactive'];
}

function data({ protocol, formats, mid }: Section, connection: readonly string[]): string[] {
  const head = [`m=application 9 ${protocol} ${formats.join(' ')}`, 'c=IN IP4 0.0.0.0', `a=mid:${mid}`];
  return [...head, ...connection, ...DATA_LINES];
}

function media(section: Section, connection: readonly string[], carries: Carries | undefined): string[] {
  const extensions = takenExtensions(section);
  const measured = isMeasured(extensions);
  const sends = carries?.sends;
  const carried = carriedCodecs(section, carries?.codec);
  const sent = carried.filter(({ offered }) => offered.payloadType === sends?.payloadType);
  const ordered = [...sent, ...carried.filter((each) => !sent.includes(each))];
  const codecs = ordered.flatMap((each) => lines(each, measured, carries));
  const payloads = codecs.map(({ payloadType }) => payloadType).join(' ');
  return [
    `m=${section.media} 9 ${section.protocol} ${payloads}`,
    'c=IN IP4 0.0.0.0',
    'a=rtcp:9 IN IP4 0.0.0.0',
    `a=mid:${section.mid}`,
    ...connection,
    `a=${directionOf(carries)}`,
    'a=rtcp-mux',
    'a=rtcp-rsize',
    ...(section.measuresRoundTrip ? ['a=rtcp-xr:rcvr-rtt=all'] : []),
    ...extensions.map(({ id, uri }) => `a=extmap:${id} ${uri}`),
    ...codecLines(codecs),
    ...section.rids.map((rid) => `a=rid:${rid} recv`),
    ...(section.simulcast && section.rids.length > 0 ? [`a=simulcast:recv ${section.rids.join(';')}`] : []),
    ...(sends ? sentLines(sends) : []),
  ];
}

function directionOf(carries: Carries | undefined): Direction {
  if (!carries) return 'inactive';
  if (!carries.sends) return 'recvonly';
  return carries.onlySends ? 'sendonly' : 'sendrecv';
}

function sentLines({ msid, cname, ssrc, rtxSsrc }: Sends): string[] {
  const ssrcs = rtxSsrc === undefined ? [ssrc] : [ssrc, rtxSsrc];
  return [
    `a=msid:${msid}`,
    ...(ssrcs.length > 1 ? [`a=ssrc-group:FID ${ssrcs.join(' ')}`] : []),
    ...ssrcs.map((each) => `a=ssrc:${each} cname:${cname}`),
  ];
}

function lines(
  { offered, room, rtx }: Carried,
  measured: boolean,
  carries: Carries | undefined,
): CodecLine[] {
  const feedback = takenFeedback(offered.feedback, room.rtcpFeedback ?? [], measured);
  const fmtp = offered.mime === 'audio/opus' ? opus(room.parameters ?? {}, carries) : offered.fmtp;
  const main = { payloadType: offered.payloadType, encoding: offered.encoding, fmtp, feedback };
  if (!rtx) return [main];
  return [
    main,
    {
      payloadType: rtx.payloadType,
      encoding: rtx.encoding,
      fmtp: `apt=${offered.payloadType}`,
      feedback: [],
    },
  ];
}

/** What we like to get, which is what the encoder goes by. */
function opus(parameters: Readonly<Record<string, unknown>>, carries: Carries | undefined): string {
  return writeFmtp({
    ...parameters,
    ...(carries?.dtx ? { usedtx: 1 } : {}),
    ...(carries?.stereo ? STEREO : {}),
  });
}
