import { AccessToken } from 'livekit-server-sdk';
import { type Chromium, openChromium } from '../support/chromium.ts';
import { type Times, visit } from '../support/client-visit.ts';
import { livekitProgram } from '../support/go.ts';
import { linesOf } from '../support/lines.ts';
import { type MediaFigure, sized } from '../support/media-figure.ts';
import type { MediaServer } from '../support/media-server.ts';
import { alternately } from '../support/sides.ts';

const JOINS = 20;
const GIVE_UP_MS = 20_000;

/** LiveKit's own client in Chromium: until it is connected, and until it shows somebody's picture. */
export const browser: MediaFigure = {
  name: 'browser',
  async measure(asked) {
    livekitProgram();
    const chromium = await openChromium();
    try {
      const joins = sized(asked, JOINS);
      const rounds = await alternately(
        'browser',
        asked.pairs,
        async (server) => ({
          two: await joinsOf(chromium, server, joins, false),
          usual: await joinsOf(chromium, server, joins, undefined),
        }),
        ({ two }) => two.frame,
        { announced: '' },
      );
      const two = `livekit-client in Chromium, two peer connections, p50 of ${joins}`;
      const usual = `livekit-client in Chromium with its default, p50 of ${joins} (for comparison)`;
      return [
        ...linesOf(rounds, {
          figure: `${two}: connect`,
          unit: ' ms',
          value: (times) => times.two.connect,
          bar: { atMost: 1.1 },
        }),
        ...linesOf(rounds, {
          figure: `${two}: until the first decoded frame`,
          unit: ' ms',
          value: (times) => times.two.frame,
          bar: { atMost: 1.1 },
        }),
        ...linesOf(rounds, {
          figure: `${usual}: connect`,
          unit: ' ms',
          value: (times) => times.usual.connect,
          bar: {},
        }),
        ...linesOf(rounds, {
          figure: `${usual}: until the first decoded frame`,
          unit: ' ms',
          value: (times) => times.usual.frame,
          bar: {},
        }),
      ];
    } finally {
      await chromium.close();
    }
  },
};

async function token({ key, secret }: MediaServer, room: string, identity: string): Promise<string> {
  const made = new AccessToken(key, secret, { identity });
  made.addGrant({ roomJoin: true, room });
  return made.toJwt();
}

/** One publishes; another page comes and goes. The middle of each time. */
async function joinsOf(
  chromium: Chromium,
  server: MediaServer,
  joins: number,
  singlePeerConnection: false | undefined,
): Promise<Times> {
  const name = `browser-${singlePeerConnection}`;
  const options = singlePeerConnection === undefined ? {} : { singlePeerConnection };
  const [speaker, listener] = [await chromium.page(), await chromium.page()];
  await speaker.evaluate(
    async ([url, jwt, given]) => {
      globalThis.room = new LivekitClient.Room(given);
      await room.connect(url, jwt);
      await room.localParticipant.setCameraEnabled(true, undefined, { simulcast: false, videoCodec: 'vp8' });
    },
    [server.url, await token(server, name, 'speaker'), options] as const,
  );
  const times: Times[] = [];
  for (let i = 0; i < joins; i++) {
    const about = [server.url, await token(server, name, `listener-${i}`), options, GIVE_UP_MS] as const;
    times.push(await listener.evaluate(visit, about));
  }
  await Promise.all([speaker, listener].map((page) => page.context().close()));
  const p50 = (value: (time: Times) => number) =>
    times.map(value).sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  return { connect: p50((time) => time.connect), frame: p50((time) => time.frame) };
}
