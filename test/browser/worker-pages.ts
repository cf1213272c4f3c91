import type { types } from 'mediasoup';
import type { Page } from 'playwright-core';
import type { TestBrowser } from '../support/browser.ts';

/** Pages with one bare connection each, for tests that speak to the media worker itself. */

/** What a page sends: a tone; a moving picture as three qualities of VP8, or as H.264. */
export type Sent = 'tone' | 'qualities' | 'h264';

/** A page with nothing on it, of an origin that may use devices. */
export async function openPlain(browser: TestBrowser, name: string): Promise<Page> {
  const page = await browser.open(name);
  await page.route('**/*', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>media</title>' }),
  );
  await page.goto('http://localhost/');
  return page;
}

/** Offers to send. */
export const offerToSend = (page: Page, what: readonly Sent[]): Promise<string> =>
  page.evaluate(async (wanted) => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 640, height: 480 },
    });
    const [audio] = stream.getAudioTracks();
    const [video] = stream.getVideoTracks();
    if (!audio || !video) throw new Error('no devices');
    const connection = new RTCPeerConnection();
    Object.assign(window, { connection });
    const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
    const prefer = (transceiver: RTCRtpTransceiver, mime: string, line = ''): void =>
      transceiver.setCodecPreferences([
        ...codecs.filter((one) => one.mimeType === mime && (one.sdpFmtpLine ?? '').includes(line)),
        ...codecs.filter((one) => one.mimeType === 'video/rtx'),
      ]);
    const sendEncodings = [
      { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
      { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000 },
      { rid: 'f', maxBitrate: 1_700_000 },
    ];
    const add = {
      tone: () => connection.addTransceiver(audio, { direction: 'sendonly' }),
      qualities: () =>
        prefer(connection.addTransceiver(video, { direction: 'sendonly', sendEncodings }), 'video/VP8'),
      h264: () =>
        prefer(
          connection.addTransceiver(video.clone(), { direction: 'sendonly' }),
          'video/H264',
          'packetization-mode=1;profile-level-id=42e01f',
        ),
    };
    for (const one of wanted) add[one]();
    await connection.setLocalDescription();
    return connection.localDescription?.sdp ?? '';
  }, what);

/** Offers to be sent what there is, and plays it. */
export const offerToPlay = (page: Page, kinds: readonly types.MediaKind[]): Promise<string> =>
  page.evaluate(async (wanted) => {
    const connection = new RTCPeerConnection();
    Object.assign(window, { connection });
    connection.ontrack = ({ track }) => {
      const element = document.createElement(track.kind) as HTMLMediaElement;
      element.srcObject = new MediaStream([track]);
      element.autoplay = true;
      document.body.append(element);
    };
    for (const kind of wanted) connection.addTransceiver(kind, { direction: 'recvonly' });
    await connection.setLocalDescription();
    return connection.localDescription?.sdp ?? '';
  }, kinds);

/** Takes the answer. */
export const accept = (page: Page, sdp: string): Promise<void> =>
  page.evaluate(async (answer) => {
    const { connection } = window as unknown as { connection: RTCPeerConnection };
    await connection.setRemoteDescription({ type: 'answer', sdp: answer });
  }, sdp);

/** What a page receives of one section. */
export interface Inbound {
  mid: string;
  codec: string;
  payloadType: number;
  framesDecoded: number;
  frameWidth: number;
  packetsReceived: number;
  retransmittedPacketsReceived: number;
  audioEnergy: number;
}

export const inbound = (page: Page): Promise<Inbound[]> =>
  page.evaluate(async () => {
    const { connection } = window as unknown as { connection: RTCPeerConnection };
    const stats = await connection.getStats();
    return [...stats.values()]
      .filter(({ type, codecId }) => type === 'inbound-rtp' && codecId)
      .map((one) => ({
        mid: one.mid,
        codec: stats.get(one.codecId).mimeType,
        payloadType: stats.get(one.codecId).payloadType,
        framesDecoded: one.framesDecoded ?? 0,
        frameWidth: one.frameWidth ?? 0,
        packetsReceived: one.packetsReceived,
        retransmittedPacketsReceived: one.retransmittedPacketsReceived ?? 0,
        audioEnergy: one.totalAudioEnergy ?? 0,
      }));
  });
