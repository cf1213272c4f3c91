import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { launchChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';

/** What a page's script keeps for the test to look at: `client`, `call`, `ended`, `incoming`, `sockets`. */
const PAGE_SCRIPT = `
window.sockets = []; window.errors = []; window.peers = [];
const Real = window.WebSocket;
window.WebSocket = class extends Real { constructor(...args) { super(...args); window.sockets.push(this); } };
const RealPeer = window.RTCPeerConnection;
window.RTCPeerConnection = class extends RealPeer { constructor(...args) { super(...args); window.peers.push(this); } };
window.begin = async (token, options) => {
  window.client = Parley.connect({ url: location.origin, token, ...options });
  client.on('call', (call) => { window.call = call; watch(call); });
  client.on('incoming', (call) => { window.incoming = call; });
  client.on('error', (error) => window.errors.push(error.reason + ': ' + error.message));
  await client.ready;
};
const watch = (call) => {
  call.on('stream', (uid) => {
    const stream = call.participants.get(uid)?.stream;
    let video = document.getElementById('v-' + uid);
    if (!stream) return video?.remove();
    if (!video) {
      video = Object.assign(document.createElement('video'), { id: 'v-' + uid, autoplay: true });
      document.body.append(video);
    }
    if (video.srcObject !== stream) video.srcObject = stream;
  });
};
/** How many pictures of that person were shown, and whether the last one is black. */
window.seen = (uid) => {
  const video = document.getElementById('v-' + uid);
  if (!video || !video.videoWidth) return { frames: 0, light: 0 };
  const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 32 });
  const paper = canvas.getContext('2d');
  paper.drawImage(video, 0, 0, 32, 32);
  const pixels = paper.getImageData(0, 0, 32, 32).data;
  return { frames: video.getVideoPlaybackQuality().totalVideoFrames, light: pixels.reduce((a, b, i) => a + (i % 4 < 3 ? b : 0), 0) };
};
/** Sound energy received, over all connections. */
window.heard = async () => {
  let energy = 0;
  for (const peer of window.peers) {
    if (peer.connectionState === 'closed') continue;
    for (const one of (await peer.getStats()).values()) {
      if (one.type === 'inbound-rtp' && one.kind === 'audio') energy += one.totalAudioEnergy ?? 0;
    }
  }
  return energy;
};
`;

/** The SDK as one script, made from its sources. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'sdk/src/index.ts', name: 'Parley', formats: ['iife'] },
    },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error('the bundler gave nothing');
  return output.output[0].code;
}

/** A browser whose pages are served from the server's own origin and have the SDK and nothing else. */
export class SdkPages {
  readonly #browser: Browser;
  readonly #code: string;
  readonly #contexts: BrowserContext[] = [];

  private constructor(browser: Browser, code: string) {
    this.#browser = browser;
    this.#code = code;
  }

  static async start(): Promise<SdkPages> {
    const code = await bundle();
    const browser = await launchChromium(['--auto-select-desktop-capture-source=Entire screen']);
    return new SdkPages(browser, code);
  }

  /** A browser of its own for one person, connected. */
  async open(url: string, token: string, options: Record<string, unknown> = {}): Promise<SdkPage> {
    // The server's own policy for its pages does not know the scripts of this test.
    const context = await this.#browser.newContext({
      permissions: ['camera', 'microphone'],
      bypassCSP: true,
    });
    this.#contexts.push(context);
    const sdk = new SdkPage(await context.newPage(), url, [this.#code, PAGE_SCRIPT], [token, options]);
    await sdk.load();
    return sdk;
  }

  async closePages(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** One person's page. Expressions are evaluated in it, where `client` and `call` are. */
export class SdkPage {
  readonly page: Page;
  readonly #url: string;
  readonly #scripts: string[];
  readonly #given: unknown[];

  constructor(page: Page, url: string, scripts: string[], given: unknown[]) {
    this.page = page;
    this.#url = url;
    this.#scripts = scripts;
    this.#given = given;
  }

  /** Loads the page (again) and connects. Any answer of the server will do for a page of its origin. */
  async load(): Promise<void> {
    await this.page.goto(`${this.#url}/health`);
    for (const content of this.#scripts) await this.page.addScriptTag({ content });
    await this.run(`begin(...${JSON.stringify(this.#given)})`);
  }

  run<T = unknown>(expression: string): Promise<T> {
    return this.page.evaluate(expression) as Promise<T>;
  }

  /** Until the expression is truthy; what the page knows is told when it never is. */
  async until(expression: string, reason: string, timeoutMs = 20_000): Promise<void> {
    try {
      await waitFor(() => this.run<boolean>(`Promise.resolve(${expression}).then(Boolean)`), {
        reason,
        timeoutMs,
        everyMs: 100,
      });
    } catch (error) {
      const state = await this.run(
        `JSON.stringify({ call: window.call && { state: call.state, end: call.endReason, people: [...call.participants].map(([u, p]) => [u, p.state]) }, errors, peers: peers.map((p) => [p.signalingState, p.connectionState]) })`,
      );
      throw new Error(`${error instanceof Error ? error.message : error}; the page: ${state}`);
    }
  }

  state(state: string): Promise<void> {
    return this.until(`window.call?.state === '${state}'`, `the call to be ${state}`);
  }

  /** Pictures of that person keep coming and are not black. */
  async sees(uid: string): Promise<void> {
    await this.until(`seen('${uid}').light > 0`, `a picture of ${uid}`);
    const { frames } = await this.run<{ frames: number }>(`seen('${uid}')`);
    await this.until(`seen('${uid}').frames > ${frames + 5}`, `more pictures of ${uid}`);
  }

  /** Sound keeps coming. */
  async hears(): Promise<void> {
    const before = await this.run<number>('heard()');
    await this.until(`heard().then((energy) => energy > ${before})`, 'sound');
  }
}
