import type { types } from 'mediasoup';
import type { HeardStreams } from '../source.ts';
import type { Carried } from './carried.ts';
import { encodingsOf } from './encodings.ts';
import { isMeasured, takenExtensions, takenFeedback } from './extensions.ts';
import type { Section } from './types.ts';

/**
 * Layers that one stream may have. What a client really sends is read from its packets: less is
 * fine, only what is not announced here could not be taken apart.
 */
const SCALABILITY: Readonly<Record<string, string>> = { 'video/vp9': 'L3T3_KEY', 'video/vp8': 'L1T3' };

/** What a voice is to be like. */
export interface Voice {
  readonly stereo: boolean;
  readonly dtx: boolean;
}

/** What mediasoup is told of a section that sends; `heard`: the numbers of its streams, where they are known. */
export function producing(
  section: Section,
  { offered, room, rtx }: Carried,
  { cname, stereo, dtx }: Voice & { cname: string },
  heard?: HeardStreams,
): types.RtpParameters {
  const extensions = takenExtensions(section);
  const encodings = encodingsOf(section);
  const layered = offered.mime === 'video/vp9' || encodings.length > 1;
  const scalabilityMode = layered ? SCALABILITY[offered.mime] : undefined;
  const voice = { ...(stereo ? { stereo: 1, 'sprop-stereo': 1 } : {}), ...(dtx ? { usedtx: 1 } : {}) };
  const rtcpFeedback = takenFeedback(offered.feedback, room.rtcpFeedback ?? [], isMeasured(extensions));
  return {
    mid: section.mid,
    codecs: [
      {
        mimeType: room.mimeType,
        payloadType: offered.payloadType,
        clockRate: room.clockRate,
        ...(room.channels === undefined ? {} : { channels: room.channels }),
        // The room's own, so that every receiver is offered the very same codec under one number.
        parameters: { ...room.parameters, ...(section.type === 'audio' ? voice : {}) },
        rtcpFeedback: rtcpFeedback.map((words) => {
          const [type = '', parameter] = words.split(' ');
          return parameter ? { type, parameter } : { type };
        }),
      },
      ...(rtx
        ? [
            {
              mimeType: 'video/rtx',
              payloadType: rtx.payloadType,
              clockRate: room.clockRate,
              parameters: { apt: offered.payloadType },
            },
          ]
        : []),
    ],
    headerExtensions: extensions as types.RtpHeaderExtensionParameters[],
    encodings: encodings.map((encoding) => ({
      ...(encoding.rid === undefined ? {} : heard?.get(encoding.rid)),
      ...encoding,
      ...(scalabilityMode === undefined ? {} : { scalabilityMode }),
    })),
    rtcp: { cname, reducedSize: true },
  };
}
