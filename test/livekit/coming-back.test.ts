import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMBEDDED, startTestServer, TEST_KEY, TEST_SECRET, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { LiveKitPages, type Server } from './down-pages.ts';

let here: TestServer;
let pages: LiveKitPages;
let server: Server;
let rooms = 0;
/** Who is gone from the beginning: it takes a while until that is known, and the other tests need not wait for it. */
let gone: { at: number; other: Page };

beforeAll(async () => {
  [here, pages] = await Promise.all([startTestServer({ media: EMBEDDED }), LiveKitPages.launch()]);
  server = { url: here.url, key: TEST_KEY, secret: TEST_SECRET, room: 'gone' };
  gone = await goes();
  pages.keep();
});
afterAll(async () => {
  await pages?.close();
  await here?.close();
});
beforeEach(() => {
  server = { url: here.url, key: TEST_KEY, secret: TEST_SECRET, room: `back-${++rooms}` };
});
afterEach(() => pages.clear());

const WATCHED = `
window.states = [];
for (const name of ['reconnecting', 'signalReconnecting', 'reconnected', 'disconnected', 'participantConnected',
  'participantDisconnected'])
  room.on(name, (about) => states.push(about?.identity ? name + ' ' + about.identity : name));
window.knows = (identity) => {
  const other = room.remoteParticipants.get(identity);
  const camera = other?.getTrackPublication('camera');
  return JSON.stringify({ sid: other?.sid, camera: camera?.trackSid, subscribed: camera?.isSubscribed,
    muted: camera?.isMuted, stream: camera?.track?.streamState, states });
};`;

// Not Chromium's own camera: when several pages start theirs anew at once, it may give none of them a picture.
const PAINTED = `
const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
const painter = canvas.getContext('2d');
setInterval(() => {
  painter.fillStyle = 'hsl(' + (Date.now() / 20 % 360) + ' 80% 50%)';
  painter.fillRect(0, 0, 320, 180);
}, 50);
window.painted = () => room.localParticipant.publishTrack(canvas.captureStream(20).getVideoTracks()[0],
  { source: 'camera', simulcast: false });`;

/** Somebody with a picture who notes what becomes of the connection. */
async function enter(identity: string): Promise<Page> {
  const page = await pages.join(server, identity);
  await page.evaluate(WATCHED);
  await page.evaluate(PAINTED);
  await page.evaluate('painted().then(() => undefined)');
  return page;
}

/** One of two is gone without a word. */
async function goes(): Promise<typeof gone> {
  const [ann, ben] = await two();
  await ben.evaluate(
    "room.on('participantDisconnected', ({ identity }) => { window.missed = { identity, at: Date.now() }; })",
  );
  // Its renderer dies at once: nothing says goodbye, on no connection.
  const crashed = ann.waitForEvent('crash');
  void ann.goto('chrome://crash').catch(() => undefined);
  await crashed;
  return { at: Date.now(), other: ben };
}

const states = (page: Page) => page.evaluate<string[]>('window.states');
const sidOf = (page: Page) => page.evaluate<string>('room.localParticipant.sid');

/** Further pictures of somebody arrive. */
async function sees(page: Page, identity: string, timeoutMs = 15_000): Promise<void> {
  let before: number | undefined;
  await waitFor(
    async () => {
      const now = await page.evaluate<Record<string, number>>(`window.arrives('${identity}', 'camera')`);
      const frames = now.frames ?? 0;
      // After a new subscription the count begins again.
      before = before === undefined || frames < before ? frames : before;
      if (frames > before + 2) return true;
      throw new Error(`${JSON.stringify(now)}, ${await page.evaluate(`knows('${identity}')`)}`);
    },
    { reason: `pictures of ${identity}`, timeoutMs, everyMs: 100 },
  );
}

async function two(): Promise<[Page, Page]> {
  const [ann, ben] = await Promise.all([enter('ann'), enter('ben')]);
  await Promise.all([sees(ann, 'ben'), sees(ben, 'ann')]);
  return [ann, ben];
}

const simulate = (page: Page, scenario: string) => page.evaluate(`room.simulateScenario('${scenario}')`);

const came = (page: Page, state: string) =>
  waitFor(async () => (await states(page)).includes(state), { reason: state, timeoutMs: 25_000 });

describe('a livekit-client comes back', () => {
  for (const scenario of [
    'signal-reconnect',
    'disconnect-signal-on-resume',
    'disconnect-signal-on-resume-no-messages',
  ]) {
    it(`as the same after ${scenario}`, async () => {
      const [ann, ben] = await two();
      const before = await sidOf(ann);
      await simulate(ann, scenario);
      await came(ann, 'reconnected');
      expect(await sidOf(ann)).toBe(before);
      await Promise.all([sees(ann, 'ben'), sees(ben, 'ann')]);
      expect(await states(ben)).not.toContain('participantDisconnected ann');
    });
  }

  for (const scenario of [
    'full-reconnect',
    'node-failure',
    'migration',
    'leave-full-reconnect',
    'force-tcp',
  ]) {
    it(`with a new session after ${scenario}`, async () => {
      const [ann, ben] = await two();
      const before = await sidOf(ann);
      await simulate(ann, scenario);
      await came(ann, 'reconnected');
      expect(await sidOf(ann)).not.toBe(before);
      await Promise.all([sees(ann, 'ben'), sees(ben, 'ann')]);
    });
  }

  it('not at all when the server makes it leave', async () => {
    const [ann, ben] = await two();
    await simulate(ann, 'server-leave');
    await came(ann, 'disconnected');
    await came(ben, 'participantDisconnected ann');
  });

  // Before the others' workers are killed.
  it('is missed by the others within 30 s when it is gone without a word', async () => {
    const missed = await waitFor(
      () => gone.other.evaluate<{ identity: string; at: number } | undefined>('window.missed'),
      { reason: 'ann to be missed', timeoutMs: 30_000 },
    );
    expect(missed.identity).toBe('ann');
    expect(missed.at - gone.at).toBeLessThan(30_000);
  });

  it('within 5 s when the media worker is killed, and so do all the others', async () => {
    const [ann, ben] = await two();
    const cleo = await enter('cleo');
    const all = [ann, ben, cleo];
    await Promise.all([sees(cleo, 'ann'), sees(cleo, 'ben')]);
    const takes = async (happens: () => unknown) => {
      for (const page of all) await page.evaluate('states.length = 0');
      const began = performance.now();
      await happens();
      await Promise.all(all.map((page) => came(page, 'reconnected')));
      await Promise.all([sees(ann, 'ben'), sees(ben, 'cleo'), sees(cleo, 'ann')]);
      return performance.now() - began;
    };
    // What three browsers need here when they come back by themselves: a busy machine takes longer for that alone.
    const needed = await takes(() => Promise.all(all.map((page) => simulate(page, 'full-reconnect'))));
    const killed = await takes(() => {
      for (const pid of workers()) process.kill(pid, 'SIGKILL');
    });
    expect(killed).toBeLessThan(Math.max(5_000, 2 * needed));
    expect((await here.app.engine.rooms([server.room])).map(({ memberCount }) => memberCount)).toEqual([3]);
  });

  it('only with one of two pages of the same person', async () => {
    const [ann, ben] = await two();
    const again = await enter('ann');
    await came(ann, 'disconnected');
    await Promise.all([sees(again, 'ben'), sees(ben, 'ann')]);
    expect((await here.app.engine.members(server.room)).length).toBe(2);
  });
});

/** The media workers that this process has started. */
function workers(): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return stat.includes('(mediasoup-work') && Number(parent) === process.pid ? [Number(pid)] : [];
    } catch {
      // It ended while it was looked at.
      return [];
    }
  });
}
