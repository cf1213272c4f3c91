import { type RemoteTrack, RoomEvent } from '@livekit/rtc-node';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { RtcClient } from '../support/rtc-client.ts';
import { EMBEDDED, sign, startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const OFFERABLE = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';

let server: TestServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ media: EMBEDDED, stunUrls: ['stun:127.0.0.1:3478'] }),
    TestBrowser.launch(),
  ]);
});
afterEach((context) => browser.endTest(context));
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const tokenFor = (room: string, identity: string, video: Record<string, unknown> = {}) =>
  sign({ sub: identity, name: identity, video: { roomJoin: true, room, ...video } });

const ask = (
  method: string,
  path: string,
  given: { token?: string; type?: string; body?: string; match?: string } = {},
) =>
  fetch(server.url + path, {
    method,
    headers: {
      origin: 'https://encoder.example',
      ...(given.token === undefined ? {} : { authorization: `Bearer ${given.token}` }),
      ...(given.type === undefined ? {} : { 'content-type': given.type }),
      ...(given.match === undefined ? {} : { 'if-match': given.match }),
    },
    ...(given.body === undefined ? {} : { body: given.body }),
  });

/** An encoder in a page: no SDK, one offer. */
async function encode(page: Page, room: string, token: string) {
  await page.goto(`${server.url}/health`);
  return page.evaluate(
    async ({ room, token }) => {
      const media = await navigator.mediaDevices.getUserMedia({
        audio: true,
        video: { width: 640, height: 360 },
      });
      const pc = new RTCPeerConnection();
      for (const track of media.getTracks())
        pc.addTransceiver(track, { direction: 'sendonly', streams: [media] });
      await pc.setLocalDescription();
      const answer = await fetch(`/whip/${room}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sdp' },
        body: pc.localDescription?.sdp ?? '',
      });
      await pc.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
      Object.assign(globalThis, { pc });
      return {
        status: answer.status,
        location: answer.headers.get('location') ?? '',
        etag: answer.headers.get('etag') ?? '',
        link: answer.headers.get('link') ?? '',
      };
    },
    { room, token },
  );
}

const connected = (page: Page) =>
  page.waitForFunction(
    () => (globalThis as unknown as { pc: RTCPeerConnection }).pc.connectionState === 'connected',
  );

describe('WHIP', () => {
  it('an encoder with one offer is a member like any other: seen, listed, muted, removed', async () => {
    const viewer = await RtcClient.join(server.wsUrl, await tokenFor('studio', 'viewer'));
    const seen: string[] = [];
    viewer.room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack, publication, from) => {
      seen.push(`${from.identity} ${publication.source} ${track.kind}`);
    });
    const page = await browser.open('encoder');
    const token = await tokenFor('studio', 'encoder', { canSubscribe: false });
    const begun = await encode(page, 'studio', token);
    expect(begun.status).toBe(201);
    expect(begun.location).toMatch(/^\/whip\/studio\/[\w-]{24}$/);
    expect(begun.etag).toMatch(/^"[\w-]+"$/);
    expect(begun.link).toBe('<stun:127.0.0.1:3478>; rel="ice-server"');
    await connected(page);
    await waitFor(() => seen.length === 2 || undefined, {
      reason: 'the viewer to get both tracks',
      timeoutMs: 15_000,
    });
    const { engine } = server.app;
    const encoder = async () =>
      (await engine.members('studio')).find(({ identity }) => identity === 'encoder');
    expect((await encoder())?.tracks.map(({ kind, source }) => `${kind} ${source}`).sort()).toEqual([
      'audio microphone',
      'video camera',
    ]);
    await waitFor(
      async () =>
        ((await engine.stats('studio')).find((one) => one.identity === 'encoder')?.bitrateUp.video ?? 0) >
          0 || undefined,
      { reason: 'its picture to arrive', timeoutMs: 15_000 },
    );
    const video = (await encoder())?.tracks.find(({ kind }) => kind === 'video');
    await engine.mute('studio', 'encoder', video?.sid ?? '', true);
    expect((await encoder())?.tracks.find(({ kind }) => kind === 'video')?.muted).toBe(true);
    await engine.removeMember('studio', 'encoder');
    await waitFor(async () => ((await encoder()) ? undefined : true), { reason: 'it to be gone' });
    expect((await ask('DELETE', begun.location, { token })).status).toBe(404);
    expect(
      (await ask('POST', '/whip/studio', { token, type: 'application/sdp', body: OFFERABLE })).status,
    ).toBe(400);
    await viewer.leave();
  });

  it('restarts ICE by a PATCH, takes candidates it does not need, and ends by a DELETE', async () => {
    const page = await browser.open('encoder');
    const token = await tokenFor('restart', 'encoder');
    const { location, etag } = await encode(page, 'restart', token);
    await connected(page);
    const type = 'application/trickle-ice-sdpfrag';
    const candidate = 'a=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n';
    expect((await ask('PATCH', location, { token, type, body: candidate, match: etag })).status).toBe(204);
    const several = `"other", ${etag}`;
    expect((await ask('PATCH', location, { token, type, body: candidate, match: several })).status).toBe(204);
    expect((await ask('PATCH', location, { token, type, body: candidate })).status).toBe(428);
    expect((await ask('PATCH', location, { token, type, body: candidate, match: '"other"' })).status).toBe(
      412,
    );
    const fresh = await page.evaluate(
      async ({ location, token, type }) => {
        const { pc } = globalThis as unknown as { pc: RTCPeerConnection };
        const before = pc.localDescription;
        const answered = pc.remoteDescription;
        await pc.setLocalDescription(await pc.createOffer({ iceRestart: true }));
        const of = (sdp: string, name: string) => new RegExp(`^a=${name}:(\\S+)`, 'm').exec(sdp)?.[1] ?? '';
        const own = pc.localDescription?.sdp ?? '';
        const answer = await fetch(location, {
          method: 'PATCH',
          headers: { authorization: `Bearer ${token}`, 'content-type': type, 'if-match': '*' },
          body: `a=ice-ufrag:${of(own, 'ice-ufrag')}\r\na=ice-pwd:${of(own, 'ice-pwd')}\r\n`,
        });
        const fragment = await answer.text();
        const sdp = (answered?.sdp ?? '')
          .replace(/^a=ice-ufrag:\S+/gm, `a=ice-ufrag:${of(fragment, 'ice-ufrag')}`)
          .replace(/^a=ice-pwd:\S+/gm, `a=ice-pwd:${of(fragment, 'ice-pwd')}`);
        await pc.setRemoteDescription({ type: 'answer', sdp });
        return { status: answer.status, etag: answer.headers.get('etag'), changed: before?.sdp !== own };
      },
      { location, token, type },
    );
    expect(fresh).toMatchObject({ status: 200, changed: true });
    expect(fresh.etag).not.toBe(etag);
    await connected(page);
    expect((await ask('DELETE', location, { token: await tokenFor('restart', 'other') })).status).toBe(404);
    expect((await ask('DELETE', location, { token, match: etag })).status).toBe(412);
    expect((await ask('DELETE', location, { token, match: fresh.etag ?? '' })).status).toBe(200);
    expect(await server.app.engine.members('restart')).toEqual([]);
    expect((await ask('DELETE', location, { token })).status).toBe(404);
  });

  it('an encoder whose connection is gone is gone', async () => {
    const page = await browser.open('encoder');
    await encode(page, 'lost', await tokenFor('lost', 'encoder'));
    await connected(page);
    await page.evaluate(() => (globalThis as unknown as { pc: RTCPeerConnection }).pc.close());
    await waitFor(async () => ((await server.app.engine.members('lost')).length === 0 ? true : undefined), {
      reason: 'it to be gone',
      timeoutMs: 40_000,
    });
  });

  it('is refused as specified', async () => {
    const type = 'application/sdp';
    const post = async (
      token: string | undefined,
      given: { type?: string; body?: string; room?: string } = {},
    ) =>
      (
        await ask('POST', `/whip/${given.room ?? 'studio'}`, {
          type,
          body: OFFERABLE,
          ...given,
          ...(token === undefined ? {} : { token }),
        })
      ).status;
    const good = await tokenFor('studio', 'encoder');
    expect(await post(undefined)).toBe(401);
    expect(await post('rubbish')).toBe(401);
    expect(await post(await tokenFor('other', 'encoder'))).toBe(403);
    expect(await post(await tokenFor('studio', 'encoder', { canPublish: false }))).toBe(403);
    expect(await post(await sign({ sub: 'ann' }))).toBe(403);
    expect(await post(good, { type: 'application/json', body: '{}' })).toBe(415);
    expect(await post(good, { body: 'rubbish' })).toBe(400);
    expect(
      await post(good, { body: `${OFFERABLE}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=recvonly\r\n` }),
    ).toBe(422);
    expect(await post(good, { body: 'v=0'.repeat(200_000) })).toBe(413);
    const refused = await ask('GET', '/whip/studio');
    expect(refused.status).toBe(405);
    expect(refused.headers.get('allow')).toContain('POST');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect((await server.app.engine.members('studio')).map(({ identity }) => identity)).not.toContain(
      'encoder',
    );
  });

  it('answers pages of every origin what they may do', async () => {
    const answer = await ask('OPTIONS', '/whip/studio');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://encoder.example');
    expect(answer.headers.get('access-control-allow-methods')).toBe('OPTIONS, POST, PATCH, DELETE');
    expect(answer.headers.get('accept-post')).toBe('application/sdp');
    const refused = await ask('POST', '/whip/studio', { type: 'application/sdp', body: OFFERABLE });
    expect(refused.headers.get('access-control-expose-headers')).toContain('Location');
  });
});
