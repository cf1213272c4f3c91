import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessToken, type VideoGrant } from 'livekit-server-sdk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';

const SDK = new URL('../../node_modules/livekit-client/dist/livekit-client.umd.js', import.meta.url);

/** What a page keeps for the test to ask: `room`, `told` and what its connections measure. */
const PAGE = `
window.told = [];
window.join = async (url, token, options, connect) => {
  const room = (window.room = new LivekitClient.Room(options));
  const events = ['trackSubscribed', 'trackUnsubscribed', 'trackSubscriptionFailed', 'trackStreamStateChanged',
    'trackSubscriptionPermissionChanged', 'connectionQualityChanged', 'localTrackSubscribed'];
  for (const event of events) room.on(event, (...args) => window.told.push([event, args.map(plain)]));
  room.on('trackSubscribed', (track) => {
    const element = track.attach();
    element.id = track.sid;
    if (track.kind === 'video') Object.assign(element.style, { width: '1280px', height: '720px' });
    document.body.append(element);
  });
  room.on('trackUnsubscribed', (track) => track.detach().forEach((element) => element.remove()));
  await room.connect(url, token, connect);
};
const plain = (one) => Array.isArray(one) ? one.map(plain) : one && typeof one === 'object' ? (one.trackSid ?? one.identity ?? one.sid ?? '') : one;
window.of = (identity, source = 'camera') => room.remoteParticipants.get(identity)?.getTrackPublication(source);
/** What arrives of a track: frames decoded, the picture's height, bytes until then. */
window.arrives = async (identity, source) => {
  const report = await of(identity, source)?.track?.getRTCStatsReport?.();
  for (const one of report?.values() ?? []) {
    if (one.type !== 'inbound-rtp') continue;
    const codec = report.get(one.codecId)?.mimeType;
    const { bytesReceived: bytes, timestamp: at } = one;
    return { frames: one.framesDecoded ?? 0, height: one.frameHeight ?? 0, bytes, at, codec };
  }
  return { frames: 0, height: 0, bytes: 0, at: 0 };
};
/** Which encodings of its camera this client sends. */
window.sends = () => room.localParticipant.getTrackPublication('camera').track.sender.getParameters().encodings.map((one) => one.active);
/** Publishes a tone without end as its microphone: Chromium's own beeps are too short for a busy machine to measure. */
window.sings = () => {
  const context = new AudioContext();
  const tone = new OscillatorNode(context);
  const out = new MediaStreamAudioDestinationNode(context);
  tone.connect(out);
  tone.start();
  return room.localParticipant.publishTrack(out.stream.getAudioTracks()[0], { source: 'microphone' });
};
/** Makes this client have none of a codec: it strikes it from every answer, and offers to receive the others only. */
window.without = (name) => {
  const real = RTCPeerConnection.prototype.createAnswer;
  RTCPeerConnection.prototype.createAnswer = async function (...args) {
    const answer = await real.apply(this, args);
    return { type: answer.type, sdp: answer.sdp.split(/^(?=m=)/m).map((part) => strike(part, name)).join('') };
  };
  const add = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (kind, init) {
    const made = add.call(this, kind, init);
    if (kind !== 'video' || init?.direction !== 'recvonly') return made;
    const { codecs } = RTCRtpReceiver.getCapabilities('video');
    made.setCodecPreferences(codecs.filter(({ mimeType }) => mimeType !== 'video/' + name));
    return made;
  };
};
const strike = (part, name) => {
  if (!part.startsWith('m=video')) return part;
  const gone = new Set([...part.matchAll(new RegExp('^a=rtpmap:(\\\\d+) ' + name + '/', 'gmi'))].map((match) => match[1]));
  for (const match of part.matchAll(/^a=fmtp:(\\d+) apt=(\\d+)/gm)) if (gone.has(match[2])) gone.add(match[1]);
  if (gone.size === 0) return part;
  const lines = part.split('\\r\\n').filter((line) => !gone.has(/^a=(?:rtpmap|fmtp|rtcp-fb):(\\d+)/.exec(line)?.[1]));
  const [media, port, protocol, ...types] = lines[0].split(' ');
  const left = types.filter((type) => !gone.has(type));
  if (left.length === 0) return part.replace(/^m=video \\d+/, 'm=video 0').replace(/^a=(sendrecv|recvonly)/m, 'a=inactive');
  lines[0] = [media, port, protocol, ...left].join(' ');
  return lines.join('\\r\\n');
};
`;

export interface Server {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  readonly room: string;
}

/** One Chromium with an unmodified livekit-client in every page. */
export class LiveKitPages {
  readonly #browser: Browser;
  readonly #http: HttpServer;
  readonly #kept = new Set<BrowserContext>();

  private constructor(browser: Browser, http: HttpServer) {
    this.#browser = browser;
    this.#http = http;
  }

  static async launch(): Promise<LiveKitPages> {
    const browser = await launchChromium();
    const sdk = await readFile(SDK, 'utf8');
    const html = `<!doctype html><title>livekit-client</title><body><script>${sdk}</script><script>${PAGE}</script>`;
    const http = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(html));
    await once(http.listen(0, '127.0.0.1'), 'listening');
    return new LiveKitPages(browser, http);
  }

  /** A page with the client, not yet in any room. */
  async open(): Promise<Page> {
    const context = await this.#browser.newContext({
      permissions: ['camera', 'microphone'],
      viewport: { width: 1280, height: 800 },
    });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const { port } = this.#http.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/livekit.html`);
    return page;
  }

  async join(server: Server, identity: string, how: JoinHow = {}): Promise<Page> {
    const page = how.page ?? (await this.open());
    const token = await tokenOf(server, identity, how.grant);
    const args = [server.url.replace(/^http/, 'ws'), token, how.options ?? {}, how.connect ?? {}];
    await page.evaluate(`window.join(...${JSON.stringify(args)})`);
    return page;
  }

  /** What is open now stays open when the others are closed. */
  keep(): void {
    for (const context of this.#browser.contexts()) this.#kept.add(context);
  }

  /** Closes every page that is not kept, not the browser. */
  async clear(): Promise<void> {
    const open = this.#browser.contexts().filter((context) => !this.#kept.has(context));
    await Promise.all(open.map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#http.close();
  }
}

export interface JoinHow {
  readonly page?: Page;
  readonly grant?: Partial<VideoGrant>;
  /** Of livekit-client's `Room`, and of its `connect`. */
  readonly options?: Record<string, unknown>;
  readonly connect?: Record<string, unknown>;
}

function tokenOf(server: Server, identity: string, grant: Partial<VideoGrant> = {}): Promise<string> {
  const token = new AccessToken(server.key, server.secret, { identity });
  token.addGrant({ roomJoin: true, room: server.room, ...grant });
  return token.toJwt();
}
