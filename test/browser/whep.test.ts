import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { RtcClient } from '../support/rtc-client.ts';
import { EMBEDDED, sign, startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

/** A busy machine decodes late. */
const PLAYS_MS = 30_000;

let server: TestServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ media: EMBEDDED }), TestBrowser.launch()]);
});
afterEach((context) => browser.endTest(context));
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const tokenFor = (room: string, identity: string, video: Record<string, unknown> = {}) =>
  sign({ sub: identity, name: identity, video: { roomJoin: true, room, ...video } });

interface Held {
  pc: RTCPeerConnection;
}

/** A page that posts one offer, of an encoder or of a player: no SDK. */
async function begin(page: Page, protocol: 'whip' | 'whep', room: string, token: string) {
  await page.goto(`${server.url}/health`);
  return page.evaluate(
    async ({ protocol, room, token }) => {
      const pc = new RTCPeerConnection();
      if (protocol === 'whip') {
        const size = { width: 640, height: 360 };
        const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: size });
        for (const track of media.getTracks())
          pc.addTransceiver(track, { direction: 'sendonly', streams: [media] });
      } else {
        for (const kind of ['audio', 'video']) pc.addTransceiver(kind, { direction: 'recvonly' });
        pc.ontrack = ({ track }) => {
          const element = document.createElement(track.kind) as HTMLMediaElement;
          Object.assign(element, { srcObject: new MediaStream([track]), autoplay: true });
          document.body.append(element);
        };
      }
      await pc.setLocalDescription();
      const answer = await fetch(`/${protocol}/${room}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sdp' },
        body: pc.localDescription?.sdp ?? '',
      });
      const sdp = await answer.text();
      if (answer.ok) await pc.setRemoteDescription({ type: 'answer', sdp });
      Object.assign(globalThis, { pc });
      return {
        status: answer.status,
        location: answer.headers.get('location') ?? '',
        etag: answer.headers.get('etag') ?? '',
        retryAfter: answer.headers.get('retry-after'),
      };
    },
    { protocol, room, token },
  );
}

/** What the page has received of each kind so far. */
const played = (page: Page) =>
  page.evaluate(async () => {
    const { pc } = globalThis as unknown as Held;
    const found = { frames: 0, energy: 0 };
    for (const one of (await pc.getStats()).values()) {
      if (one.type !== 'inbound-rtp') continue;
      found.frames += one.framesDecoded ?? 0;
      found.energy += one.totalAudioEnergy ?? 0;
    }
    return found;
  });

async function plays(page: Page, reason: string): Promise<void> {
  const before = await played(page);
  const goesOn = async () => {
    const now = await played(page);
    return (now.frames > before.frames + 10 && now.energy > before.energy) || undefined;
  };
  await waitFor(goesOn, { reason, timeoutMs: PLAYS_MS });
}

const ask = (method: string, path: string, token: string, body?: { type: string; text: string }) =>
  fetch(server.url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'if-match': '*',
      ...(body && { 'content-type': body.type }),
    },
    ...(body && { body: body.text }),
  });

const identities = async (room: string) =>
  (await server.app.engine.members(room)).map(({ identity }) => identity).sort();

it('a player with one offer plays what an encoder sends, is listed, and ends by a DELETE', async () => {
  const player = await browser.open('player');
  const token = await tokenFor('stage', 'player', { canPublish: false });
  const early = await begin(player, 'whep', 'stage', token);
  expect(early).toMatchObject({ status: 409, location: '' });
  expect(Number(early.retryAfter)).toBeGreaterThan(0);

  const encoder = await browser.open('encoder');
  expect((await begin(encoder, 'whip', 'stage', await tokenFor('stage', 'encoder'))).status).toBe(201);
  const begun = await begin(player, 'whep', 'stage', token);
  expect(begun.status).toBe(201);
  expect(begun.location).toMatch(/^\/whep\/stage\/[\w-]{24}$/);
  expect(begun.etag).toMatch(/^"[\w-]+"$/);
  await plays(player, 'sound and picture of the encoder');
  expect(await identities('stage')).toEqual(['encoder', 'player']);

  const fragment = { type: 'application/trickle-ice-sdpfrag', text: 'a=mid:0\r\n' };
  expect((await ask('PATCH', begun.location, token, fragment)).status).toBe(204);
  expect((await ask('DELETE', begun.location, await tokenFor('stage', 'other'))).status).toBe(404);
  expect((await ask('DELETE', begun.location, token)).status).toBe(200);
  expect(await identities('stage')).toEqual(['encoder']);
});

it('a player plays what a LiveKit client sends, goes on after an ICE restart, and can be removed', async () => {
  const singer = await RtcClient.join(server.wsUrl, await tokenFor('song', 'singer'));
  await singer.publish('audio', 'microphone');
  await singer.publish('video', 'camera');
  const player = await browser.open('player');
  const token = await tokenFor('song', 'player');
  const { location, status } = await begin(player, 'whep', 'song', token);
  expect(status).toBe(201);
  await plays(player, 'sound and picture of the singer');

  const restarted = await player.evaluate(
    async ({ location, token }) => {
      const { pc } = globalThis as unknown as Held;
      const answered = pc.remoteDescription?.sdp ?? '';
      await pc.setLocalDescription(await pc.createOffer({ iceRestart: true }));
      const of = (sdp: string, name: string) => new RegExp(`^a=${name}:(\\S+)`, 'm').exec(sdp)?.[1] ?? '';
      const own = pc.localDescription?.sdp ?? '';
      const answer = await fetch(location, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/trickle-ice-sdpfrag',
          'if-match': '*',
        },
        body: `a=ice-ufrag:${of(own, 'ice-ufrag')}\r\na=ice-pwd:${of(own, 'ice-pwd')}\r\n`,
      });
      const fragment = await answer.text();
      const sdp = answered
        .replace(/^a=ice-ufrag:\S+/gm, `a=ice-ufrag:${of(fragment, 'ice-ufrag')}`)
        .replace(/^a=ice-pwd:\S+/gm, `a=ice-pwd:${of(fragment, 'ice-pwd')}`);
      await pc.setRemoteDescription({ type: 'answer', sdp });
      return { status: answer.status, other: sdp !== answered };
    },
    { location, token },
  );
  expect(restarted).toEqual({ status: 200, other: true });
  await plays(player, 'sound and picture after the restart');

  await server.app.engine.removeMember('song', 'player');
  expect(await identities('song')).toEqual(['singer']);
  expect((await ask('DELETE', location, token)).status).toBe(404);
  await singer.leave();
});

it('a player is refused as specified', async () => {
  const type = 'application/sdp';
  const offer = (way: string) =>
    `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=${way}\r\n`;
  const post = async (token: string, text: string) =>
    (await ask('POST', '/whep/quiet', token, { type, text })).status;
  const good = await tokenFor('quiet', 'player');
  expect(await post('rubbish', offer('recvonly'))).toBe(401);
  expect(await post(await tokenFor('other', 'player'), offer('recvonly'))).toBe(403);
  expect(await post(await tokenFor('quiet', 'player', { canSubscribe: false }), offer('recvonly'))).toBe(403);
  expect(await post(good, offer('sendonly'))).toBe(422);
  expect(await post(good, offer('recvonly'))).toBe(409);
  // As with mediasoup's own worker, which cannot send in the player's numbers.
  const facts = server.app.engine.facts as { mapsNumbers: boolean };
  facts.mapsNumbers = false;
  try {
    expect(await post(good, offer('recvonly'))).toBe(501);
  } finally {
    facts.mapsNumbers = true;
  }
});
