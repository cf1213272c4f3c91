import type { types } from 'mediasoup';

/**
 * What a client that offered first calls the things that the router knows by other numbers: all its packets must bear
 * the client's, because the answer cannot choose them.
 */
export interface ClientNumbers {
  /** The router's payload types to the client's, RTX included. */
  readonly payloadTypes: ReadonlyMap<number, number>;
  /** The router's header extension ids to the client's; an extension that is not here is not sent. */
  readonly extensions: ReadonlyMap<number, number>;
  /** In no section of the client's offer: padding that measures bandwidth bears it. */
  readonly idlePayloadType: number;
}

export interface MappedConsume {
  readonly producerId: string;
  /** What the client can take, in the router's numbers. */
  readonly capabilities: types.RtpCapabilities;
  readonly numbers: ClientNumbers;
  /** Of the client's section. */
  readonly mid: string;
  readonly paused: boolean;
  readonly preferredLayers?: types.ConsumerLayers;
}

/** The router's id of the extension that carries the mid. */
const MID = 1;
/** The worker keeps this much room for it in each packet. */
const LONGEST_MID = 8;

/**
 * Consumes with the client's numbers. Needs a worker with our patch: mediasoup's own sends the router's (see
 * `mapsNumbers`). mediasoup's API has no words for the client's numbers, but hands the RTCP feedback of the
 * capabilities on to the worker as it is, so they travel there. The consumer's `rtpParameters` stay in the router's
 * numbers; `parametersAs` has the client's.
 */
export function consumeAs(transport: types.Transport, what: MappedConsume): Promise<types.Consumer> {
  const { numbers, mid, capabilities } = what;
  const fits = mid.length <= LONGEST_MID;
  const extensions = new Map([...numbers.extensions].filter(([id]) => fits || id !== MID));
  const asked = numberEntries({ ...numbers, extensions });
  const codecs = capabilities.codecs ?? [];
  // mediasoup takes any RTX of the capabilities for any codec's: all have one, or all repair without.
  const repaired = codecs.filter(({ kind, mimeType }) => kind === 'video' && !isRtx({ mimeType }));
  const withRtx = repaired.every((codec) => hasRtx(codec, codecs));
  return transport.consume({
    producerId: what.producerId,
    paused: what.paused,
    ...(fits && { mid }),
    ...(what.preferredLayers && { preferredLayers: what.preferredLayers }),
    rtpCapabilities: {
      codecs: codecs
        .filter((codec) => withRtx || !isRtx(codec))
        .map((codec) => ({ ...codec, rtcpFeedback: [...(codec.rtcpFeedback ?? []), ...asked] })),
      headerExtensions: (capabilities.headerExtensions ?? []).filter(({ preferredId }) =>
        extensions.has(preferredId),
      ),
    },
  });
}

/** The consumer's parameters as the client knows them: for the answer. */
export function parametersAs(sent: types.RtpParameters, numbers: ClientNumbers): types.RtpParameters {
  const payloadType = (routers: number): number => numbers.payloadTypes.get(routers) ?? routers;
  return {
    ...sent,
    codecs: sent.codecs.map((codec) => ({
      ...codec,
      payloadType: payloadType(codec.payloadType),
      parameters: isRtx(codec)
        ? { ...codec.parameters, apt: payloadType(Number(codec.parameters?.apt)) }
        : codec.parameters,
      rtcpFeedback: codec.rtcpFeedback?.filter(({ type }) => !type.startsWith('x-send-')),
    })),
    headerExtensions: (sent.headerExtensions ?? []).flatMap((extension) => {
      const id = numbers.extensions.get(extension.id);
      return id === undefined ? [] : [{ ...extension, id }];
    }),
  };
}

/** The words of the patch, which describes them: see scripts/media-worker/patches. */
function numberEntries(numbers: ClientNumbers): types.RtcpFeedback[] {
  const pairs = (type: string, map: ReadonlyMap<number, number>): types.RtcpFeedback[] =>
    [...map].map(([routers, clients]) => ({ type, parameter: `${routers}=${clients}` }));
  return [
    ...pairs('x-send-payload-type', numbers.payloadTypes),
    // Without any extension this one entry, of none, says that they are mapped.
    ...pairs('x-send-extension', numbers.extensions.size > 0 ? numbers.extensions : new Map([[0, 0]])),
    { type: 'x-send-probation-payload-type', parameter: String(numbers.idlePayloadType) },
  ];
}

const isRtx = (codec: { mimeType: string }): boolean => /\/rtx$/i.test(codec.mimeType);

function hasRtx(codec: types.RtpCodecCapability, all: readonly types.RtpCodecCapability[]): boolean {
  const number = codec.preferredPayloadType;
  return number !== undefined && all.some((other) => isRtx(other) && other.parameters?.apt === number);
}
