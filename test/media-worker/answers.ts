import type { types } from 'mediasoup';
import { clientNumbers } from '../../src/adapters/engine/embedded/media/client-numbers.ts';
import { consumeAs, parametersAs } from '../../src/adapters/engine/embedded/media/mapped-consume.ts';
import { readDescription } from '../../src/adapters/engine/embedded/media/sdp/read.ts';
import type { Description, Section } from '../../src/adapters/engine/embedded/media/sdp/types.ts';

/** Where the browser is told to send: the worker, or a way between that loses some. */
export interface Place {
  ip: string;
  port: number;
}

/** Connects the transport as the offer says and begins the answer; sections follow. */
export async function beginAnswer(
  transport: types.WebRtcTransport,
  offer: Description,
  place: Place,
): Promise<(sections: string[][]) => string> {
  const { fingerprint } = offer;
  if (!fingerprint) throw new Error('an offer without a fingerprint');
  await transport.connect({ dtlsParameters: { role: 'client', fingerprints: [fingerprint] } });
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
      `a=group:BUNDLE ${offer.sections.map(({ mid }) => mid).join(' ')}`,
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
  { type, mid }: Section,
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
  producers: types.Producer[],
): Promise<{ sdp: string; consumers: types.Consumer[] }> {
  const offer = readDescription(sdp);
  const end = await beginAnswer(transport, offer, place);
  const consumers: types.Consumer[] = [];
  const sections: string[][] = [];
  for (const [index, media] of offer.sections.entries()) {
    const producer = producers[index];
    if (!producer) throw new Error(`nothing for section ${index}`);
    const { capabilities, numbers } = clientNumbers(offer, media);
    const consumer = await consumeAs(transport, {
      producerId: producer.id,
      capabilities,
      numbers,
      mid: media.mid,
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
): Promise<{ sdp: string; producers: types.Producer[] }> {
  const offer = readDescription(sdp);
  const end = await beginAnswer(transport, offer, place);
  const producers: types.Producer[] = [];
  const sections: string[][] = [];
  for (const media of offer.sections) {
    const rtpParameters = publishedIn(offer, media);
    const kind = media.type as types.MediaKind;
    producers.push(await transport.produce({ kind, rtpParameters }));
    const { rids } = media;
    sections.push([
      ...sectionLines(media, rtpParameters),
      'a=recvonly',
      ...rids.map((rid) => `a=rid:${rid} recv`),
      ...(rids.length > 0 ? [`a=simulcast:recv ${rids.join(';')}`] : []),
    ]);
  }
  return { sdp: end(sections), producers };
}

function publishedIn(offer: Description, media: Section): types.RtpParameters {
  const { capabilities, numbers } = clientNumbers(offer, media);
  const [wanted] = media.codecs;
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
  const [ssrc = 0, rtx] = media.groups.find(({ semantics }) => semantics === 'FID')?.ssrcs ?? media.ssrcs;
  return {
    ...all,
    codecs: all.codecs.filter(
      ({ payloadType, parameters }) =>
        payloadType === wanted?.payloadType || parameters?.apt === wanted?.payloadType,
    ),
    encodings:
      media.rids.length > 0
        ? media.rids.map((rid) => ({ rid, scalabilityMode: 'L1T3' }))
        : [rtx ? { ssrc, rtx: { ssrc: rtx } } : { ssrc }],
    mid: media.mid,
    rtcp: { cname: 'publisher' },
  };
}
