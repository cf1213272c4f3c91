import type { types } from 'mediasoup';
import { type MediaDescription, parse, type SessionDescription } from 'sdp-transform';
import { clientNumbers } from '../../src/adapters/engine/embedded/media/client-numbers.ts';
import { consumeAs, parametersAs } from '../../src/adapters/engine/embedded/media/mapped-consume.ts';

/** Where the browser is told to send: the worker, or a way between that loses some. */
export interface Place {
  ip: string;
  port: number;
}

/** Connects the transport as the offer says and begins the answer; sections follow. */
export async function beginAnswer(
  transport: types.WebRtcTransport,
  offer: SessionDescription,
  place: Place,
): Promise<(sections: string[][]) => string> {
  const fingerprint = offer.fingerprint ?? offer.media[0]?.fingerprint;
  if (!fingerprint) throw new Error('an offer without a fingerprint');
  await transport.connect({
    dtlsParameters: {
      role: 'client',
      fingerprints: [{ algorithm: fingerprint.type as types.FingerprintAlgorithm, value: fingerprint.hash }],
    },
  });
  const { usernameFragment, password } = transport.iceParameters;
  const own = transport.dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const common = [
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${usernameFragment}`,
    `a=ice-pwd:${password}`,
    `a=fingerprint:sha-256 ${own?.value}`,
    'a=setup:passive',
    `a=candidate:1 1 udp 1 ${place.ip} ${place.port} typ host`,
    'a=end-of-candidates',
    'a=rtcp-mux',
    'a=rtcp-rsize',
  ];
  return (sections) =>
    [
      'v=0',
      'o=- 1 1 IN IP4 0.0.0.0',
      's=-',
      't=0 0',
      'a=ice-lite',
      `a=group:BUNDLE ${offer.media.map(({ mid }) => mid).join(' ')}`,
      ...sections.flatMap(([first = '', ...rest]) => [first, ...common, ...rest]),
      '',
    ].join('\r\n');
}

const codecLines = (codecs: types.RtpCodecParameters[]): string[] =>
  codecs.flatMap(({ payloadType, mimeType, clockRate, channels, parameters = {}, rtcpFeedback = [] }) => [
    `a=rtpmap:${payloadType} ${mimeType.split('/')[1]}/${clockRate}${(channels ?? 1) > 1 ? `/${channels}` : ''}`,
    ...(Object.keys(parameters).length > 0
      ? [
          `a=fmtp:${payloadType} ${Object.entries(parameters)
            .map((pair) => pair.join('='))
            .join(';')}`,
        ]
      : []),
    ...rtcpFeedback.map(({ type, parameter }) =>
      `a=rtcp-fb:${payloadType} ${type} ${parameter ?? ''}`.trim(),
    ),
  ]);

const sectionLines = (
  { type, mid }: MediaDescription,
  { codecs, headerExtensions = [] }: types.RtpParameters,
): string[] => [
  `m=${type} 9 UDP/TLS/RTP/SAVPF ${codecs.map(({ payloadType }) => payloadType).join(' ')}`,
  `a=mid:${mid}`,
  ...codecLines(codecs),
  ...headerExtensions.map(({ id, uri }) => `a=extmap:${id} ${uri}`),
];

/** Answers somebody who offers to be sent one producer a section, with the numbers of the offer. */
export async function answerPlayer(
  transport: types.WebRtcTransport,
  sdp: string,
  place: Place,
  router: types.Router,
  producers: types.Producer[],
): Promise<{ sdp: string; consumers: types.Consumer[] }> {
  const offer = parse(sdp);
  const end = await beginAnswer(transport, offer, place);
  const consumers: types.Consumer[] = [];
  const sections: string[][] = [];
  for (const [index, media] of offer.media.entries()) {
    const producer = producers[index];
    if (!producer) throw new Error(`nothing for section ${index}`);
    const { capabilities, numbers } = clientNumbers(offer, media, router.rtpCapabilities);
    const consumer = await consumeAs(transport, {
      producerId: producer.id,
      capabilities,
      numbers,
      mid: String(media.mid),
      paused: true,
    });
    consumers.push(consumer);
    const parameters = parametersAs(consumer.rtpParameters, numbers);
    const { ssrc, rtx } = parameters.encodings?.[0] ?? {};
    const source = (one: number): string[] => [`a=ssrc:${one} cname:${parameters.rtcp?.cname}`];
    sections.push([
      ...sectionLines(media, parameters),
      'a=sendonly',
      `a=msid:stream-${index} track-${index}`,
      ...(rtx ? [`a=ssrc-group:FID ${ssrc} ${rtx.ssrc}`] : []),
      ...source(Number(ssrc)),
      ...(rtx ? source(rtx.ssrc) : []),
    ]);
  }
  return { sdp: end(sections), consumers };
}

/** Answers somebody who sends: one producer a section, of the first codec of the offer. */
export async function answerPublisher(
  transport: types.WebRtcTransport,
  sdp: string,
  place: Place,
  router: types.Router,
): Promise<{ sdp: string; producers: types.Producer[] }> {
  const offer = parse(sdp);
  const end = await beginAnswer(transport, offer, place);
  const producers: types.Producer[] = [];
  const sections: string[][] = [];
  for (const media of offer.media) {
    const rtpParameters = publishedIn(offer, media, router.rtpCapabilities);
    const kind = media.type as types.MediaKind;
    producers.push(await transport.produce({ kind, rtpParameters }));
    const rids = (media.rids ?? []).map(({ id }) => id);
    sections.push([
      ...sectionLines(media, rtpParameters),
      'a=recvonly',
      ...rids.map((rid) => `a=rid:${rid} recv`),
      ...(rids.length > 0 ? [`a=simulcast:recv ${rids.join(';')}`] : []),
    ]);
  }
  return { sdp: end(sections), producers };
}

function publishedIn(
  offer: SessionDescription,
  media: MediaDescription,
  router: types.RtpCapabilities,
): types.RtpParameters {
  const { capabilities, numbers } = clientNumbers(offer, media, router);
  const wanted = Number(media.payloads?.split(' ')[0]);
  const all = parametersAs(
    {
      codecs: (capabilities.codecs ?? []).map(({ kind: _, preferredPayloadType = 0, ...codec }) => ({
        ...codec,
        payloadType: preferredPayloadType,
      })),
      headerExtensions: (capabilities.headerExtensions ?? []).map(({ uri, preferredId }) => ({
        uri,
        id: preferredId,
      })),
    },
    numbers,
  );
  const ssrcs = (media.ssrcs ?? []).map(({ id }) => Number(id));
  const fid = media.ssrcGroups
    ?.find(({ semantics }) => semantics === 'FID')
    ?.ssrcs.split(' ')
    .map(Number);
  const [ssrc = 0, rtx] = fid ?? ssrcs;
  return {
    ...all,
    codecs: all.codecs.filter(
      ({ payloadType, parameters }) => payloadType === wanted || parameters?.apt === wanted,
    ),
    encodings: media.rids
      ? media.rids.map(({ id }) => ({ rid: String(id), scalabilityMode: 'L1T3' }))
      : [fid && rtx ? { ssrc, rtx: { ssrc: rtx } } : { ssrc }],
    mid: String(media.mid),
    rtcp: { cname: 'publisher' },
  };
}
