import type { Page } from 'playwright-core';
import type { TestBrowser } from '../support/browser.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

/** A busy machine decodes late. */
export const PLAYS_MS = 30_000;

interface Heard {
  type: string;
  from: number | 'server';
  // biome-ignore lint/suspicious/noExplicitAny: what a server sends is what the tests are about.
  data: any;
}

/** A client of contract E's socket on its page, for the test to press. */
interface PlainMeeting {
  readonly heard: Heard[];
  socket: WebSocket;
  publisher: RTCPeerConnection;
  subscriber: RTCPeerConnection | undefined;
  session: string | undefined;
  /** What each section of the server's offers is, by mid. */
  readonly tracks: Map<string, { user_id: number | null; source: string }>;
  send(type: string, data?: object): void;
  /** Opens the socket, again too, and joins. */
  open(url: string, data?: object): Promise<void>;
  /** Publishes something that moves, or sounds. */
  publish(what: 'microphone' | 'camera' | 'screen_share', said?: boolean): Promise<void>;
  unpublish(what: string): void;
  /** Throws the publishing connection away for a new one. */
  renew(): void;
}

declare global {
  var meeting: PlainMeeting;
}

/** Opens an empty page of the server's origin with a client in it that knows the document and no SDK. */
export async function openMeeting(browser: TestBrowser, server: TestServer, name: string, url: string) {
  const page = await browser.open(name);
  await loadMeeting(page, server, url);
  return page;
}

/** The same for a page that is open already: whatever it had is gone. */
export async function loadMeeting(page: Page, server: TestServer, url: string): Promise<void> {
  // Any page of the server's that has no script of its own.
  await page.goto(`${server.url}/health`);
  await page.evaluate(plainMeeting);
  await page.evaluate((address) => meeting.open(address), url);
}

/** Runs in the page; nothing from outside may be used in it. */
function plainMeeting() {
  const senders = new Map<string, RTCRtpSender>();
  let turn: Promise<unknown> = Promise.resolve();

  const shape = (hertz: number) => {
    const canvas = document.createElement('canvas');
    const paint = canvas.getContext('2d');
    Object.assign(canvas, { width: 320, height: 180 });
    let frame = 0;
    setInterval(() => {
      if (!paint) return;
      paint.fillStyle = `hsl(${hertz + frame++ * 7} 80% 50%)`;
      paint.fillRect(0, 0, 320, 180);
    }, 66);
    return canvas.captureStream(15).getVideoTracks()[0] as MediaStreamTrack;
  };
  const tone = () => {
    const context = new AudioContext();
    const oscillator = new OscillatorNode(context, { frequency: 440 });
    const out = new MediaStreamAudioDestinationNode(context);
    oscillator.connect(out);
    oscillator.start();
    return out.stream.getAudioTracks()[0] as MediaStreamTrack;
  };

  const subscribe = () => {
    meeting.subscriber?.close();
    const pc = new RTCPeerConnection();
    pc.ontrack = ({ track, streams }) => {
      const element = document.createElement(track.kind) as HTMLMediaElement;
      Object.assign(element, { srcObject: new MediaStream([track]), autoplay: true });
      element.dataset.user = streams[0]?.id ?? '';
      document.body.append(element);
    };
    meeting.subscriber = pc;
    return pc;
  };

  const hear: Record<string, (data: Heard['data']) => unknown> = {
    answer: (data) => meeting.publisher.setRemoteDescription(data),
    offer: async (data) => {
      const pc = data.session === meeting.session && meeting.subscriber ? meeting.subscriber : subscribe();
      meeting.session = data.session;
      for (const { mid, ...about } of data.tracks) meeting.tracks.set(mid, about);
      await pc.setRemoteDescription(data);
      await pc.setLocalDescription();
      meeting.send('answer', pc.localDescription?.toJSON());
    },
    'ice-candidate': ({ target, ...candidate }) => {
      const pc = target === 'publisher' ? meeting.publisher : meeting.subscriber;
      // Those of a connection that has been renewed may still come.
      return pc?.remoteDescription ? pc.addIceCandidate(candidate) : undefined;
    },
  };

  let said: Record<string, string> = {};
  const publishing = () => {
    const publisher = new RTCPeerConnection();
    publisher.onnegotiationneeded = async () => {
      await publisher.setLocalDescription();
      const tracks: Record<string, string> = {};
      for (const { mid, sender } of publisher.getTransceivers()) {
        const source = said[sender.track?.id ?? ''];
        if (mid !== null && source !== undefined) tracks[mid] = source;
      }
      meeting.send('offer', { ...publisher.localDescription?.toJSON(), tracks });
    };
    publisher.onicecandidate = ({ candidate }) => {
      if (candidate) meeting.send('ice-candidate', { ...candidate.toJSON(), target: 'publisher' });
    };
    return publisher;
  };

  globalThis.meeting = {
    heard: [],
    socket: undefined as unknown as WebSocket,
    publisher: publishing(),
    subscriber: undefined,
    session: undefined,
    tracks: new Map(),
    send: (type, data = {}) => meeting.socket.send(JSON.stringify({ type, data })),
    open: async (url, data = {}) => {
      const socket = new WebSocket(url);
      meeting.socket = socket;
      await new Promise<void>((resolve, reject) => {
        socket.onmessage = ({ data: text }) => {
          const frame = JSON.parse(text) as Heard;
          meeting.heard.push(frame);
          turn = turn.then(() => hear[frame.type]?.(frame.data));
          if (frame.type === 'joined') resolve();
        };
        socket.onopen = () => meeting.send('join', data);
        socket.onclose = () => reject(new Error('the socket was closed'));
      });
    },
    publish: async (what, says = true) => {
      const track = what === 'microphone' ? tone() : shape(what === 'camera' ? 0 : 180);
      if (says) said = { ...said, [track.id]: what };
      senders.set(what, meeting.publisher.addTrack(track));
    },
    unpublish: (what) => {
      const sender = senders.get(what);
      if (sender) meeting.publisher.removeTrack(sender);
    },
    renew: () => {
      meeting.publisher.close();
      meeting.publisher = publishing();
    },
  };
}

/** Sources of each user whose pictures, or sounds, have come in anew since the last look. */
export const playing = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const state = globalThis as unknown as { seenBefore?: Record<string, number> };
    const before = state.seenBefore ?? {};
    const now: Record<string, number> = {};
    for (const one of (await meeting.subscriber?.getStats())?.values() ?? []) {
      if (one.type !== 'inbound-rtp') continue;
      const track = meeting.tracks.get(one.mid);
      now[`${track?.user_id} ${track?.source}`] = one.framesDecoded ?? one.totalAudioEnergy;
    }
    state.seenBefore = now;
    return Object.keys(now).filter((key) => (now[key] ?? 0) > (before[key] ?? 0));
  });

/** The frames of a type that a page has heard. */
export const heard = (page: Page, type: string): Promise<Heard[]> =>
  page.evaluate((wanted) => meeting.heard.filter((frame) => frame.type === wanted), type);

/** Until all of these play on a page. */
export async function plays(page: Page, ...wanted: string[]) {
  const seen = new Set<string>();
  await waitFor(
    async () => {
      for (const one of await playing(page)) seen.add(one);
      return wanted.every((one) => seen.has(one)) || undefined;
    },
    { reason: `${wanted.join(', ')} to play`, timeoutMs: PLAYS_MS },
  );
}
