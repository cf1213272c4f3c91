import type { types } from 'mediasoup';
import type { Page } from 'playwright-core';
import {
  DATA_TRANSPORT,
  type DataLinkOptions,
  type OpenDataLink,
  openDataLink,
} from '../../src/adapters/engine/embedded/media/data-link.ts';

/** One connection with data channels alone: enough of SDP for that, without the rest of the media plane. */
export interface DataConnection {
  readonly transport: types.WebRtcTransport;
  readonly link: OpenDataLink;
}

export type Heard = { label: string; payload: Buffer; text: boolean };

export async function openData(
  router: types.Router,
  about: Pick<DataLinkOptions, 'role'> & Partial<DataLinkOptions>,
): Promise<DataConnection> {
  const transport = await router.createWebRtcTransport({
    listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
    ...DATA_TRANSPORT,
  });
  const link = openDataLink({
    transport,
    router,
    received: () => {},
    failed: (what, error) => {
      throw new Error(what, { cause: error });
    },
    ...about,
  });
  await link.opened();
  return { transport, link };
}

/** The browser offers, and has opened the channels that `labels` names; they are `window.channels`. */
export async function offeredBy(page: Page, { transport }: DataConnection, labels: string[]): Promise<void> {
  const offer = await page.evaluate(async (names) => {
    const connection = new RTCPeerConnection();
    const channels: Record<string, RTCDataChannel> = {};
    for (const name of names) {
      const lossy = name === '_lossy' || name === '_data_track';
      channels[name] = connection.createDataChannel(name, lossy ? { ordered: false, maxRetransmits: 0 } : {});
    }
    Object.assign(globalThis, { connection, channels });
    await connection.setLocalDescription();
    return connection.localDescription?.sdp ?? '';
  }, labels);
  const answer = sdpOf(transport, 'passive');
  await page.evaluate(
    (sdp) => (globalThis as unknown as Shared).connection.setRemoteDescription({ type: 'answer', sdp }),
    answer,
  );
  await connect(transport, offer);
}

/** The server offers; what the browser gets on each channel is in `window.got`. */
export async function answeredBy(page: Page, { transport }: DataConnection): Promise<void> {
  const answer = await page.evaluate(
    async (sdp) => {
      const connection = new RTCPeerConnection();
      const got: Record<string, string[]> = {};
      const channels: Record<string, RTCDataChannel> = {};
      connection.ondatachannel = ({ channel }) => {
        channels[channel.label] = channel;
        got[channel.label] = [];
        channel.binaryType = 'arraybuffer';
        channel.onmessage = ({ data }) => got[channel.label]?.push(new TextDecoder().decode(data));
      };
      Object.assign(globalThis, { connection, channels, got });
      await connection.setRemoteDescription({ type: 'offer', sdp });
      await connection.setLocalDescription();
      return connection.localDescription?.sdp ?? '';
    },
    sdpOf(transport, 'actpass'),
  );
  await connect(transport, answer);
}

export interface Shared {
  connection: RTCPeerConnection;
  channels: Record<string, RTCDataChannel>;
  got: Record<string, string[]>;
}

async function connect(transport: types.WebRtcTransport, sdp: string): Promise<void> {
  const [, algorithm, value] = /a=fingerprint:(\S+) (\S+)/.exec(sdp) ?? [];
  if (!algorithm || !value) throw new Error('a description without a fingerprint');
  await transport.connect({
    dtlsParameters: {
      role: 'client',
      fingerprints: [{ algorithm: algorithm as types.FingerprintAlgorithm, value }],
    },
  });
}

function sdpOf(transport: types.WebRtcTransport, setup: string): string {
  const { usernameFragment, password } = transport.iceParameters;
  const fingerprint = transport.dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 127.0.0.1',
    'a=mid:0',
    `a=ice-ufrag:${usernameFragment}`,
    `a=ice-pwd:${password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value}`,
    `a=setup:${setup}`,
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    ...transport.iceCandidates.map(
      ({ foundation, priority, ip, port }) =>
        `a=candidate:${foundation} 1 udp ${priority} ${ip} ${port} typ host`,
    ),
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
