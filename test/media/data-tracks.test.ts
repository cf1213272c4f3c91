import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LiveKitPages, type Server } from '../livekit/down-pages.ts';
import { EMBEDDED, startTestServer, TEST_KEY, TEST_SECRET, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

let here: TestServer;
let pages: LiveKitPages;
let server: Server;
let rooms = 0;

beforeAll(async () => {
  [here, pages] = await Promise.all([startTestServer({ media: EMBEDDED }), LiveKitPages.launch()]);
});
afterAll(async () => {
  await pages?.close();
  await here?.close();
});
beforeEach(() => {
  server = { url: here.url, key: TEST_KEY, secret: TEST_SECRET, room: `data-${++rooms}` };
});
afterEach(() => pages.clear());

/** Every data track of others is read, into `frames` by its name: the length of each frame and its last byte. */
const READS = `(() => {
  window.frames = {};
  window.gone = [];
  window.reads = (track) => {
    const frames = (window.frames[track.info.name] ??= []);
    const reader = track.subscribe().getReader();
    const next = ({ done, value }) => {
      if (done) return;
      frames.push([value.payload.length, value.payload.at(-1)]);
      return reader.read().then(next);
    };
    reader.read().then(next);
  };
  room.on('dataTrackPublished', window.reads);
  room.on('dataTrackUnpublished', (sid) => window.gone.push(sid));
})()`;

async function join(identity: string): Promise<Page> {
  const page = await pages.open();
  await page.evaluate(`window.reading = () => ${READS}`);
  // What is published already is told while the client connects.
  await page.evaluate(`(() => {
    const Room = LivekitClient.Room;
    LivekitClient.Room = class extends Room {
      constructor(options) {
        super(options);
        window.room = this;
        window.reading();
      }
    };
  })()`);
  return pages.join(server, identity, { page });
}

const publish = (page: Page, name: string) =>
  page.evaluate(`room.localParticipant.publishDataTrack({ name: '${name}' }).then((track) => {
    window.track = track;
    return track.info.sid;
  })`);

const push = (page: Page, length: number, last: number) =>
  page.evaluate(`(() => {
    const payload = new Uint8Array(${length});
    payload[${length} - 1] = ${last};
    return track.tryPush({ payload });
  })()`);

const framesOf = (page: Page, name: string) =>
  page.evaluate<[number, number][]>(`window.frames['${name}'] ?? []`);

/** Until frames arrive at all: what is pushed before the receiver has its handle is for nobody. */
async function flows(from: Page, to: Page, name: string): Promise<void> {
  await waitFor(
    async () => {
      await push(from, 1, 0);
      return (await framesOf(to, name)).length > 0;
    },
    { reason: `frames of ${name}` },
  );
}

describe('data tracks between pages with livekit-client', () => {
  it('carry frames of one packet and of many', async () => {
    const [ann, bob] = await Promise.all([join('ann'), join('bob')]);
    expect(await publish(ann, 'pose')).toMatch(/^DTR_/);
    await flows(ann, bob, 'pose');
    for (const [length, last] of [
      [100, 1],
      [40_000, 2],
    ] as const) {
      await push(ann, length, last);
      await waitFor(async () => (await framesOf(bob, 'pose')).some(([l, b]) => l === length && b === last), {
        reason: `a frame of ${length}`,
      });
    }
    await ann.evaluate('track.unpublish()');
    await waitFor(async () => (await bob.evaluate<string[]>('window.gone')).length === 1, {
      reason: 'Bob to hear that it ended',
    });
  });

  it('reach who comes later, and go on after a resume', async () => {
    const ann = await join('ann');
    await publish(ann, 'late');
    const bob = await join('bob');
    await flows(ann, bob, 'late');
    const resumed = bob.evaluate(
      `new Promise((again) => room.once('signalReconnected', again).once('reconnected', again))`,
    );
    await bob.evaluate(`room.simulateScenario('signal-reconnect')`);
    await resumed;
    const before = (await framesOf(bob, 'late')).length;
    await waitFor(
      async () => {
        await push(ann, 2, 9);
        return (await framesOf(bob, 'late')).length > before;
      },
      { reason: 'frames after the resume' },
    );
  });
});
