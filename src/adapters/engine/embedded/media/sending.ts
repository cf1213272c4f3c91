import type { types } from 'mediasoup';
import { ROOM_CAPABILITIES } from './room-codecs.ts';

/**
 * Has a producer sent to a client, paused, with the room's own numbers: its payload types and header
 * extensions, which are what `writeOffer` says.
 */
export function consume(
  transport: types.Transport,
  producer: types.Producer,
  section: { mid: string; preferredLayers: types.ConsumerLayers | undefined },
): Promise<types.Consumer> {
  const { mid, preferredLayers } = section;
  return transport.consume({
    producerId: producer.id,
    rtpCapabilities: capabilitiesFor(producer),
    paused: true,
    mid,
    ...(preferredLayers && producer.type !== 'simple' ? { preferredLayers } : {}),
  });
}

const known = new Map<number, types.RtpCapabilities>();

/** Only the producer's own codec: mediasoup copies all that it is given, for every consumer. */
function capabilitiesFor({ kind, consumableRtpParameters }: types.Producer): types.RtpCapabilities {
  const payloadType = consumableRtpParameters.codecs[0]?.payloadType ?? 0;
  const found = known.get(payloadType);
  if (found) return found;
  const { codecs, headerExtensions } = ROOM_CAPABILITIES;
  const capabilities = {
    codecs: codecs.filter(
      (codec) => codec.preferredPayloadType === payloadType || codec.parameters?.apt === payloadType,
    ),
    headerExtensions: headerExtensions.filter((extension) => extension.kind === kind),
  };
  known.set(payloadType, capabilities);
  return capabilities;
}
