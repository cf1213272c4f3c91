import { RoomServiceClient } from 'livekit-server-sdk';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMBEDDED, startTestServer, TEST_KEY, TEST_SECRET, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { LiveKitPages, type Server } from './down-pages.ts';

interface Arrives {
  frames: number;
  height: number;
  bytes: number;
  /** When that was measured, in milliseconds. */
  at: number;
  codec?: string;
}

/** A layer begins with a key frame, which a busy encoder sends late. */
const CHANGE_MS = 30_000;

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
  server = { url: here.url, key: TEST_KEY, secret: TEST_SECRET, room: `down-${++rooms}` };
});
afterEach(() => pages.clear());

const CAMERA = { resolution: { width: 1280, height: 720, frameRate: 10 } };
/**
 * Three layers that are all there on every machine: the first estimates of bandwidth carry them together, and an
 * encoder that is short of time makes no picture smaller.
 */
const LAYERS = {
  simulcast: true,
  degradationPreference: 'maintain-resolution',
  videoEncoding: { maxBitrate: 200_000 },
  videoSimulcastLayers: [
    { width: 320, height: 180, encoding: { maxBitrate: 40_000 } },
    { width: 640, height: 360, encoding: { maxBitrate: 80_000 } },
  ],
};

/** Somebody with a camera. */
async function publisher(options = {}, publish: object = LAYERS): Promise<Page> {
  const page = await pages.join(server, 'ann', { options: { dynacast: true, ...options } });
  await page.evaluate(
    `room.localParticipant.setCameraEnabled(true, ${JSON.stringify(CAMERA)}, ${JSON.stringify(publish)})`,
  );
  return page;
}

const arrives = (page: Page, source = 'camera') =>
  page.evaluate<Arrives>(`window.arrives('ann', '${source}')`);
const told = async (page: Page, event: string) =>
  (await page.evaluate<[string, unknown[]][]>('window.told'))
    .filter(([name]) => name === event)
    .map(([, args]) => args);
const publication = (page: Page, call: string) => page.evaluate(`of('ann').${call}`);

function seen(page: Page, height: (height: number) => boolean, reason: string): Promise<Arrives> {
  const look = async () => {
    const now = await arrives(page);
    return now.frames > 0 && height(now.height) ? now : undefined;
  };
  return waitFor(look, { reason, timeoutMs: CHANGE_MS, everyMs: 50 });
}

/** Bits a second that arrive of the picture, over two seconds. */
async function rate(page: Page): Promise<number> {
  const before = await arrives(page);
  const after = await waitFor(
    async () => {
      const now = await arrives(page);
      return now.at - before.at >= 2000 ? now : undefined;
    },
    { reason: 'a rate to be measured', everyMs: 50 },
  );
  return (8000 * (after.bytes - before.bytes)) / (after.at - before.at);
}

async function moves(page: Page, reason: string): Promise<void> {
  const { frames } = await arrives(page);
  await waitFor(async () => (await arrives(page)).frames > frames + 2, { reason, timeoutMs: 15_000 });
}

/** No further frame for as long as five would have taken. */
async function stands(page: Page): Promise<void> {
  let last = -1;
  let looks = 0;
  const look = async () => {
    const { frames } = await arrives(page);
    looks = frames === last ? looks + 1 : 0;
    last = frames;
    return looks >= 10;
  };
  await waitFor(look, { reason: 'no more frames', timeoutMs: 15_000, everyMs: 50 });
}

describe('what a livekit-client gets of another', () => {
  it('follows the quality it asks for, and its publisher sends no more than is watched', async () => {
    const ann = await publisher();
    const ben = await pages.join(server, 'ben');
    await seen(ben, (height) => height === 720, 'the top layer');
    await publication(ben, 'setVideoQuality(0)');
    await seen(ben, (height) => height === 180, 'the lowest layer');
    await waitFor(async () => String(await ann.evaluate('sends()')) === 'true,false,false', {
      reason: 'its publisher to send the lowest layer alone',
      timeoutMs: 15_000,
    });
    await publication(ben, 'setVideoQuality(2)');
    await waitFor(async () => String(await ann.evaluate('sends()')) === 'true,true,true', {
      reason: 'its publisher to send all layers again',
    });
    await seen(ben, (height) => height === 720, 'the top layer again');
  });

  it('fits the size it is shown at, and stops out of sight', async () => {
    await publisher();
    const ben = await pages.join(server, 'ben', { options: { adaptiveStream: true } });
    const size = (css: string) =>
      ben.evaluate(`document.querySelector('video').style.cssText = ${JSON.stringify(css)}`);
    await waitFor(() => ben.evaluate('!!document.querySelector("video")'), { reason: 'a picture' });
    await size('width:320px;height:180px');
    await seen(ben, (height) => height === 180, 'the layer of its size');
    await size('width:1280px;height:720px');
    await seen(ben, (height) => height === 720, 'the layer of its size when it grew');
    await size('display:none');
    await waitFor(() => ben.evaluate('!of("ann").isEnabled'), { reason: 'it to be out of sight' });
    await stands(ben);
    await size('width:320px;height:180px');
    await moves(ben, 'frames when it is in sight again');
  });

  it('fits a way as narrow as it asks to have simulated', async () => {
    await publisher();
    const ben = await pages.join(server, 'ben');
    await seen(ben, (height) => height === 720, 'the top layer');
    // Which layer fits is the encoder's to say: a busy one sends the top layer in few bits.
    const narrow = Math.round((await rate(ben)) / 4);
    await ben.evaluate(`room.simulateScenario("subscriber-bandwidth", ${narrow})`);
    await waitFor(async () => (await rate(ben)) < 1.5 * narrow, {
      reason: `a picture of ${narrow} bit/s`,
      timeoutMs: CHANGE_MS,
    });
    await moves(ben, 'frames on the narrow way');
  });

  it('comes and goes by its wish', async () => {
    const ann = await publisher();
    const ben = await pages.join(server, 'ben', { connect: { autoSubscribe: false } });
    await waitFor(() => ben.evaluate('!!of("ann")'), { reason: 'it to know of the track' });
    expect(await told(ben, 'trackSubscribed')).toEqual([]);
    expect(await told(ann, 'localTrackSubscribed')).toEqual([]);
    for (let times = 1; times <= 3; times++) {
      await publication(ben, 'setSubscribed(true)');
      await waitFor(async () => (await told(ben, 'trackSubscribed')).length === times, {
        reason: 'the track',
      });
      await moves(ben, 'frames');
      await publication(ben, 'setSubscribed(false)');
      await waitFor(async () => (await told(ben, 'trackUnsubscribed')).length === times, {
        reason: 'the track to go',
      });
    }
    expect(await told(ann, 'localTrackSubscribed')).toHaveLength(1);
  });

  it('is the same after the signal was lost', async () => {
    const ann = await publisher();
    await ann.evaluate('room.localParticipant.setMicrophoneEnabled(true)');
    const ben = await pages.join(server, 'ben');
    await moves(ben, 'frames');
    await waitFor(() => ben.evaluate('of("ann", "microphone")?.isSubscribed'), { reason: 'the sound' });
    await ben.evaluate('of("ann", "microphone").setSubscribed(false)');
    await publication(ben, 'setEnabled(false)');
    await stands(ben);
    for (const page of [ben, ann]) {
      await page.evaluate('room.on("reconnected", () => { window.back = true; })');
      await page.evaluate('room.simulateScenario("signal-reconnect")');
      await waitFor(() => page.evaluate('window.back'), {
        reason: 'the client to be back',
        timeoutMs: 20_000,
      });
    }
    await stands(ben);
    expect(await ben.evaluate('of("ann", "microphone").isSubscribed')).toBe(false);
    await publication(ben, 'setEnabled(true)');
    await moves(ben, 'frames again');
    await ben.evaluate('of("ann", "microphone").setSubscribed(true)');
    await waitFor(() => ben.evaluate('of("ann", "microphone").isSubscribed'), { reason: 'the sound again' });
  });

  it('is what its publisher permits', async () => {
    const ann = await publisher();
    const [ben, cem] = await Promise.all([pages.join(server, 'ben'), pages.join(server, 'cem')]);
    await Promise.all([moves(ben, 'frames'), moves(cem, 'frames')]);
    const permit = (...args: unknown[]) =>
      ann.evaluate(`room.localParticipant.setTrackSubscriptionPermissions(...${JSON.stringify(args)})`);
    await permit(false, [{ participantIdentity: 'cem', allowAll: true }]);
    await waitFor(async () => (await told(ben, 'trackUnsubscribed')).length === 1, {
      reason: 'the one not permitted to lose it',
    });
    expect(await ben.evaluate('of("ann").permissionStatus')).toBe('not_allowed');
    await moves(cem, 'frames of the one permitted');
    await permit(true);
    await waitFor(async () => (await told(ben, 'trackSubscribed')).length === 2, {
      reason: 'the one permitted again to get it',
    });
    await moves(ben, 'frames again');
    expect(await ben.evaluate('of("ann").permissionStatus')).toBe('allowed');
    expect(await told(cem, 'trackUnsubscribed')).toEqual([]);
  });

  it('is what an administrator permits', async () => {
    await publisher();
    const ben = await pages.join(server, 'ben', { grant: { canSubscribe: false } });
    await waitFor(() => ben.evaluate('!!of("ann")'), { reason: 'it to know of the track' });
    const service = new RoomServiceClient(here.url, TEST_KEY, TEST_SECRET);
    const subscribe = (canSubscribe: boolean) =>
      service.updateParticipant(server.room, 'ben', { permission: { canSubscribe, canPublish: true } });
    await subscribe(true);
    await waitFor(async () => (await told(ben, 'trackSubscribed')).length === 1, { reason: 'the track' });
    await moves(ben, 'frames');
    await subscribe(false);
    await waitFor(async () => (await told(ben, 'trackUnsubscribed')).length === 1, {
      reason: 'the track to go',
    });
    await subscribe(true);
    await waitFor(async () => (await told(ben, 'trackSubscribed')).length === 2, {
      reason: 'the track again',
    });
    const sid = await ben.evaluate<string>('of("ann").trackSid');
    await service.updateSubscriptions(server.room, 'ben', [sid], false);
    await waitFor(async () => (await told(ben, 'trackUnsubscribed')).length === 2, {
      reason: 'the track to be taken',
    });
    await service.updateSubscriptions(server.room, 'ben', [sid], true);
    await moves(ben, 'frames of the track given again');
  });

  it('says who speaks and how well all are connected', async () => {
    const ann = await publisher();
    await ann.evaluate('sings()');
    const ben = await pages.join(server, 'ben');
    const speakers = (page: Page) =>
      page.evaluate<string[]>('room.activeSpeakers.map(({ identity }) => identity)');
    for (const page of [ann, ben])
      await waitFor(async () => String(await speakers(page)) === 'ann', {
        reason: 'the one who sings to speak',
        timeoutMs: 15_000,
      });
    await ann.evaluate('room.localParticipant.setMicrophoneEnabled(false)');
    await waitFor(async () => (await speakers(ben)).length === 0, { reason: 'silence' });
    await waitFor(
      () => ben.evaluate('room.remoteParticipants.get("ann").connectionQuality === "excellent"'),
      {
        reason: 'the quality of the other',
        timeoutMs: 20_000,
      },
    );
    expect(await ben.evaluate('room.localParticipant.connectionQuality')).toBe('excellent');
  });

  it('is the backup codec where the client has none of the main one', async () => {
    const ann = await publisher(
      {},
      { simulcast: true, videoCodec: 'vp9', backupCodec: { codec: 'vp8' }, backupCodecPolicy: 1 },
    );
    const cem = await pages.join(server, 'cem');
    await moves(cem, 'frames in the main codec');
    expect((await arrives(cem)).codec).toBe('video/VP9');
    const page = await pages.open();
    await page.evaluate('window.without("VP9")');
    const ben = await pages.join(server, 'ben', { page });
    await waitFor(async () => (await arrives(ben)).codec === 'video/VP8', {
      reason: 'the backup codec',
      timeoutMs: 20_000,
    });
    await moves(ben, 'frames in the backup codec');
    expect((await arrives(cem)).codec).toBe('video/VP9');
    expect(await told(ben, 'trackSubscriptionFailed')).toEqual([]);
    expect(await ann.evaluate('room.state')).toBe('connected');
  });

  it('is refused with the reason where no codec suits the client', async () => {
    await publisher({}, { videoCodec: 'h264', simulcast: false, backupCodec: false });
    const page = await pages.open();
    await page.evaluate('window.without("H264")');
    const ben = await pages.join(server, 'ben', { page });
    const failed = await waitFor(async () => (await told(ben, 'trackSubscriptionFailed'))[0], {
      reason: 'the refusal',
      timeoutMs: 15_000,
    });
    expect(failed.at(-1)).toBe(1);
  });
});
