import { short } from '../../support/figure.ts';
import { tokenFor } from '../../support/token.ts';
import { type Chromium, openChromium } from '../support/chromium.ts';
import { visit } from '../support/client-visit.ts';
import { linesOf } from '../support/lines.ts';
import { type MediaFigure, sized } from '../support/media-figure.ts';
import { ourWorker, startOurs } from '../support/ours.ts';
import type { Round } from '../support/sides.ts';

const JOINS = 20;
const GIVE_UP_MS = 20_000;

/** What `join` answers: the two ways into a meeting. */
interface Ways {
  room_url: string;
  url: string;
  token: string;
}

/** Into a meeting where somebody sends a picture: by the socket alone, and by LiveKit's client, of one server. */
export const signaling: MediaFigure = {
  name: 'signaling',
  async measure(asked) {
    const chromium = await openChromium();
    try {
      const joins = sized(asked, JOINS);
      const rounds: Round<number>[] = [];
      for (let turn = 0; turn < asked.pairs; turn++) {
        const server = await startOurs(ourWorker().path, '');
        try {
          rounds.push(await joinsOf(chromium, server.url, joins));
        } finally {
          await server.stop();
        }
        const { ours, livekit } = rounds[turn] as Round<number>;
        process.stderr.write(
          `signaling ${turn + 1}/${asked.pairs}: ${short(ours)} against ${short(livekit)}\n`,
        );
      }
      return linesOf(rounds, {
        figure: `a meeting by /ws/signaling in Chromium against livekit-client there, until the first decoded frame, p50 of ${joins}`,
        unit: ' ms',
        value: (time) => time,
        bar: { atMost: 1.1 },
      });
    } finally {
      await chromium.close();
    }
  },
};

/** One publishes; others come and go, by the one way and the other in turn. The middle of each. */
async function joinsOf(chromium: Chromium, url: string, joins: number): Promise<Round<number>> {
  const post = async (uid: string, path: string, body: object = {}) => {
    const answer = await fetch(`${url.replace('ws', 'http')}/api/v1/meetings${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenFor(uid)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { code, message, data } = (await answer.json()) as { code: number; message: string; data: unknown };
    if (code >= 300) throw new Error(`${path}: ${message}`);
    return data;
  };
  const { meeting_id: id } = (await post('speaker', '', { title: 'Bench' })) as { meeting_id: number };
  const waysOf = async (uid: string) => (await post(uid, `/${id}/join`)) as Ways;
  const [speaker, listener] = [await chromium.page(), await chromium.page()];
  const own = await waysOf('speaker');
  await speaker.evaluate(
    async ([address, token]) => {
      globalThis.room = new LivekitClient.Room();
      await room.connect(address, token);
      await room.localParticipant.setCameraEnabled(true, undefined, { simulcast: false, videoCodec: 'vp8' });
    },
    [own.url, own.token] as const,
  );
  const times: { ours: number[]; livekit: number[] } = { ours: [], livekit: [] };
  for (let i = 0; i < joins; i++) {
    const [plain, client] = [await waysOf(`plain-${i}`), await waysOf(`client-${i}`)];
    const bySocket = async () => {
      times.ours.push(await listener.evaluate(visitBySocket, [plain.room_url, GIVE_UP_MS] as const));
    };
    const byClient = async () => {
      const about = [client.url, client.token, {}, GIVE_UP_MS] as const;
      times.livekit.push((await listener.evaluate(visit, about)).frame);
    };
    for (const come of i % 2 ? [bySocket, byClient] : [byClient, bySocket]) await come();
  }
  await Promise.all([speaker, listener].map((page) => page.context().close()));
  const p50 = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
  return { ours: p50(times.ours), livekit: p50(times.livekit) };
}

/** Runs in the page: nothing from outside may be used in it. */
async function visitBySocket([url, giveUpMs]: readonly [string, number]): Promise<number> {
  const frame = Promise.withResolvers<number>();
  const subscriber = new RTCPeerConnection();
  const begun = performance.now();
  const socket = new WebSocket(url);
  const send = (type: string, data?: object | null) => socket.send(JSON.stringify({ type, data }));
  subscriber.ontrack = ({ track }) => {
    if (track.kind !== 'video') return;
    const element = document.createElement('video');
    Object.assign(element, { autoplay: true, muted: true, srcObject: new MediaStream([track]) });
    document.body.append(element);
    element.requestVideoFrameCallback(() => frame.resolve(performance.now()));
  };
  let turn: Promise<unknown> = Promise.resolve();
  socket.onopen = () => send('join');
  socket.onerror = () => frame.reject(new Error('the socket was refused'));
  socket.onmessage = ({ data: text }) => {
    const { type, data } = JSON.parse(text);
    if (type === 'error') frame.reject(new Error(data.message));
    turn = turn.then(async () => {
      if (type === 'ice-candidate') await subscriber.addIceCandidate(data);
      if (type !== 'offer') return;
      await subscriber.setRemoteDescription(data);
      await subscriber.setLocalDescription();
      send('answer', subscriber.localDescription);
    });
  };
  setTimeout(() => frame.reject(new Error('no frame was decoded in time')), giveUpMs);
  const shown = await frame.promise;
  send('leave');
  socket.close();
  subscriber.close();
  for (const element of document.querySelectorAll('video')) element.remove();
  return shown - begun;
}
