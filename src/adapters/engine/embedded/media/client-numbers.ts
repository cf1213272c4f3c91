import type { types } from 'mediasoup';
import type { ClientNumbers } from './mapped-consume.ts';
import { ROOM_CAPABILITIES } from './room-codecs.ts';
import { carriedCodecs } from './sdp/carried.ts';
import { GREATEST_ID, isMeasured, takenFeedback } from './sdp/extensions.ts';
import type { Description, Section } from './sdp/types.ts';

const ABS_SEND_TIME = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';
/** Payload types that have no meaning of their own, those that clients use least first. */
const FREE_TYPES = [...range(35, 63), ...range(96, 127)];

/**
 * What a section of a client's offer can take of the room, in the room's numbers and with the client's beside them: for
 * `consumeAs`.
 */
export function clientNumbers(
  offer: Description,
  section: Section,
): { capabilities: types.RtpCapabilities; numbers: ClientNumbers } {
  const payloadTypes = new Map<number, number>();
  const measured = isMeasured(section.extensions);
  const codecs = carriedCodecs(section).flatMap(({ offered, room, rtx }) => {
    payloadTypes.set(room.preferredPayloadType, offered.payloadType);
    const taken = takenFeedback(offered.feedback, room.rtcpFeedback ?? [], measured);
    const rtcpFeedback = (room.rtcpFeedback ?? []).filter(({ type, parameter }) =>
      taken.includes(parameter ? `${type} ${parameter}` : type),
    );
    const repair = rtx && ROOM_CAPABILITIES.codecs.find((each) => repairs(each, room));
    if (repair) payloadTypes.set(repair.preferredPayloadType, rtx.payloadType);
    return [{ ...room, rtcpFeedback }, ...(repair ? [repair] : [])];
  });
  const extensions = new Map<number, number>();
  const headerExtensions = ROOM_CAPABILITIES.headerExtensions.filter(({ kind, uri, preferredId }) => {
    const found = kind === section.type && section.extensions.find((each) => each.uri === uri);
    // What measures better saves the other's bytes in every packet.
    if (!found || found.id > GREATEST_ID || (measured && uri === ABS_SEND_TIME)) return false;
    extensions.set(preferredId, found.id);
    return true;
  });
  return {
    capabilities: { codecs, headerExtensions },
    numbers: { payloadTypes, extensions, idlePayloadType: idleIn(offer) },
  };
}

const repairs = (rtx: types.RtpCodecCapability, codec: types.RtpCodecCapability): boolean =>
  rtx.mimeType.toLowerCase() === 'video/rtx' && rtx.parameters?.apt === codec.preferredPayloadType;

function idleIn({ sections }: Description): number {
  const used = new Set(sections.flatMap(({ formats }) => formats.map(Number)));
  return FREE_TYPES.find((type) => !used.has(type)) ?? 127;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
