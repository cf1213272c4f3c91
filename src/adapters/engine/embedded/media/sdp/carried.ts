import type { types } from 'mediasoup';
import { ROOM_CAPABILITIES } from '../room-codecs.ts';
import { h264Profile } from './h264.ts';
import type { OfferedCodec, Section } from './types.ts';

/** A codec of the offer that the room carries, with the room's own of it. */
export interface Carried {
  readonly offered: OfferedCodec;
  readonly room: types.RtpCodecCapability;
  /** The payload type of its retransmissions, where they are offered. */
  readonly rtx: OfferedCodec | undefined;
}

/** The codecs of a section that the room carries, in the order offered, but those of `first` before the others. */
export function carriedCodecs(section: Section, first?: string): Carried[] {
  const taken = new Set<number>();
  const carried = section.codecs.flatMap((offered): Carried[] => {
    const room = ROOM_CAPABILITIES.codecs.find((each) => same(offered, each));
    // Two payload types of the very same codec would map to one.
    if (!room || taken.has(room.preferredPayloadType)) return [];
    taken.add(room.preferredPayloadType);
    const rtx = section.codecs.find(
      ({ mime, parameters }) => mime === 'video/rtx' && parameters.apt === offered.payloadType,
    );
    return [{ offered, room, rtx }];
  });
  const chosen = carried
    .filter(({ offered }) => offered.mime === first)
    .toSorted((a, b) => rank(a) - rank(b));
  return [...chosen, ...carried.filter((each) => !chosen.includes(each))];
}

/**
 * Of the H.264 offered, the one that every encoder has is the first: a native client sends what fits
 * its encoder, wherever in the answer that is, and only one payload type is listened to.
 */
function rank({ offered: { mime, parameters } }: Carried): number {
  if (mime !== 'video/h264' || Number(parameters['packetization-mode'] ?? 0) !== 1) return 2;
  return h264Profile(parameters['profile-level-id']) === 'constrained-baseline' ? 0 : 1;
}

function same(offered: OfferedCodec, room: types.RtpCodecCapability): boolean {
  const mime = room.mimeType.toLowerCase();
  if (offered.mime !== mime || offered.clockRate !== room.clockRate || mime === 'video/rtx') return false;
  if (offered.channels !== room.channels) return false;
  const ours: Record<string, unknown> = room.parameters ?? {};
  const theirs = offered.parameters;
  if (mime === 'video/vp9') return (theirs['profile-id'] ?? 0) === (ours['profile-id'] ?? 0);
  if (mime !== 'video/h264') return true;
  return (
    (theirs['packetization-mode'] ?? 0) === (ours['packetization-mode'] ?? 0) &&
    h264Profile(theirs['profile-level-id']) === h264Profile(ours['profile-level-id'])
  );
}
