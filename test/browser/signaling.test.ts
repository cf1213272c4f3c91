import { readFile } from 'node:fs/promises';
import type * as LiveKit from 'livekit-client';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { type Pages, plainPages } from '../support/livekit-pages.ts';
import { api, EMBEDDED, type Person, startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { heard, loadMeeting, openMeeting, PLAYS_MS, plays } from './signaling-page.ts';

let server: TestServer;
let browser: TestBrowser;
let pages: Pages;
let made = 0;
beforeAll(async () => {
  [server, browser, pages] = await Promise.all([
    startTestServer({ media: EMBEDDED }),
    TestBrowser.launch(),
    plainPages(),
  ]);
});
afterEach((context) => browser.endTest(context));
afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await server?.close();
});

const post = async (person: Person, path: string, body: object = {}, method = 'POST') =>
  (await api(server, method, `/api/v1/meetings${path}`, { token: person.token, body })).body.data;

const someone = (name: string) => server.person(`${name}-${++made}`);
const plan = async (host: Person, given: object = {}): Promise<number> =>
  (await post(host, '', { title: 'Team Meeting', ...given })).meeting_id;
const address = async (person: Person, id: number): Promise<string> =>
  (await post(person, `/${id}/join`)).room_url;
const open = async (person: Person, id: number) =>
  openMeeting(browser, server, person.uid, await address(person, id));

describe('two plain pages in a meeting', () => {
  it('see and hear each other, share, unshare, restart ICE and come back', async () => {
    const [ann, bob] = [await someone('ann'), await someone('bob')];
    const id = await plan(ann);
    const a = await open(ann, id);
    await a.evaluate(() => meeting.publish('microphone'));
    await a.evaluate(() => meeting.publish('camera'));
    await waitFor(async () => (await heard(a, 'answer')).length > 0, { reason: 'an answer' });
    // Nobody else publishes: nothing is offered.
    expect(await heard(a, 'offer')).toEqual([]);

    const b = await open(bob, id);
    await plays(b, `${ann.id} microphone`, `${ann.id} camera`);
    await b.evaluate(() => meeting.publish('microphone', false));
    await b.evaluate(() => meeting.publish('camera', false));
    await plays(a, `${bob.id} microphone`, `${bob.id} camera`);
    const streams = () =>
      b.evaluate(() => [...document.querySelectorAll('video')].map((v) => v.dataset.user));
    expect(new Set(await streams())).toEqual(new Set([String(ann.id)]));
    expect((await heard(b, 'joined'))[0]?.data.participants[0]).toMatchObject({
      user_id: ann.id,
      audio: true,
      video: true,
    });

    // A second picture is the screen; then it ends, and comes again.
    await b.evaluate(() => meeting.publish('screen_share', false));
    await plays(a, `${bob.id} screen_share`);
    await b.evaluate(() => meeting.unpublish('screen_share'));
    const screen = (on: boolean) =>
      waitFor(
        async () =>
          (await heard(a, 'media-state')).findLast(({ from }) => from === bob.id)?.data.screen === on,
        { reason: `the screen to be ${on ? 'shown' : 'gone'}` },
      );
    await screen(false);
    await b.evaluate(() => meeting.publish('screen_share'));
    await screen(true);
    await plays(a, `${bob.id} screen_share`, `${bob.id} camera`);

    // The microphone is muted by word, for everybody.
    await a.evaluate(() => meeting.send('media-state', { audio: false }));
    const muted = async () =>
      (await server.app.engine.members(`meet_${id}`))
        .find(({ identity }) => identity === ann.uid)
        ?.tracks.find(({ source }) => source === 'microphone')?.muted;
    await waitFor(async () => (await muted()) === true, { reason: 'the track to be muted' });
    await a.evaluate(() => meeting.send('media-state', { audio: true }));
    await waitFor(async () => (await muted()) === false, { reason: 'the track to be unmuted' });

    // New credentials on the client's own connection.
    const ufrag = () =>
      a.evaluate(() => /a=ice-ufrag:(\S+)/.exec(meeting.publisher.remoteDescription?.sdp ?? '')?.[1]);
    const before = await ufrag();
    await a.evaluate(() => meeting.publisher.restartIce());
    await waitFor(async () => (await ufrag()) !== before, { reason: 'the server to restart ICE' });
    await waitFor(() => a.evaluate(() => meeting.publisher.iceConnectionState === 'connected'), {
      reason: 'ICE to be connected again',
      timeoutMs: PLAYS_MS,
    });
    await plays(b, `${ann.id} microphone`, `${ann.id} camera`);

    // The socket is lost and comes back: the same session goes on, with a new start of the server's side.
    const session = await a.evaluate(() => meeting.session);
    const offers = (await heard(a, 'offer')).length;
    await a.evaluate(() => meeting.socket.close());
    const back = await address(ann, id);
    await a.evaluate(({ url, data }) => meeting.open(url, data), { url: back, data: { session } });
    expect((await heard(a, 'joined')).at(-1)?.data).toMatchObject({ status: 'online', session });
    await waitFor(async () => (await heard(a, 'offer')).length > offers, { reason: 'a restarted offer' });
    expect((await heard(a, 'offer')).at(-1)?.data.session).toBe(session);
    await plays(a, `${bob.id} microphone`, `${bob.id} camera`);
    await plays(b, `${ann.id} camera`);
    const left = (await heard(b, 'user-left')).filter(({ from }) => from === ann.id);
    expect(left).toEqual([]);
    expect(await heard(a, 'error')).toEqual([]);
    expect(await heard(b, 'error')).toEqual([]);
  });

  it('a page that was reloaded begins anew, and so does one with a new connection', async () => {
    const [ann, bob] = [await someone('ann'), await someone('bob')];
    const id = await plan(ann);
    const [a, b] = [await open(ann, id), await open(bob, id)];
    for (const page of [a, b]) await page.evaluate(() => meeting.publish('camera'));
    await plays(a, `${bob.id} camera`);
    await plays(b, `${ann.id} camera`);
    await loadMeeting(b, server, await address(bob, id));
    await b.evaluate(() => meeting.publish('microphone'));
    await plays(b, `${ann.id} camera`);
    await plays(a, `${bob.id} microphone`);

    const session = await a.evaluate(() => meeting.session);
    await a.evaluate(() => meeting.renew());
    await a.evaluate(() => meeting.publish('screen_share'));
    await plays(b, `${ann.id} screen_share`);
    // Another session of the server's, on another connection of the page's.
    await plays(a, `${bob.id} microphone`);
    expect(await a.evaluate(() => meeting.session)).not.toBe(session);
    const came = (await heard(a, 'user-joined')).map(({ from }) => from);
    expect(came).toEqual([bob.id]);
    expect(await heard(a, 'user-left')).toEqual([]);
  });

  it('a screen that the settings refuse never reaches anybody; a camera in an audio meeting neither', async () => {
    const [ann, bob] = [await someone('ann'), await someone('bob')];
    const id = await plan(ann, { meeting_type: 'audio', settings: { enable_screen_share: false } });
    const [a, b] = [await open(ann, id), await open(bob, id)];
    for (const what of ['screen_share', 'camera', 'microphone'] as const) {
      await a.evaluate((one) => meeting.publish(one), what);
    }
    await plays(b, `${ann.id} microphone`);
    const errors = await heard(a, 'error');
    expect(errors[0]?.data).toMatchObject({ code: 403, reason: 'forbidden', of: 'offer', mid: '0' });
    expect(new Set(errors.map(({ data }) => data.mid))).toEqual(new Set(['0', '1']));
    const directions = await a.evaluate(() =>
      meeting.publisher.getTransceivers().map(({ currentDirection }) => currentDirection),
    );
    expect(directions).toEqual(['inactive', 'inactive', 'sendonly']);
    const tracks = async () =>
      (await server.app.engine.members(`meet_${id}`)).flatMap((member) =>
        member.tracks.map(({ source }) => source),
      );
    expect(await tracks()).toEqual(['microphone']);
    expect((await heard(b, 'offer')).flatMap(({ data }) => data.tracks)).toMatchObject([
      { user_id: ann.id, source: 'microphone' },
    ]);

    // Allowed later, and taken away while it is on.
    await post(ann, `/${id}`, { meeting_type: 'video' }, 'PUT');
    await a.evaluate(() => meeting.publish('camera'));
    await plays(b, `${ann.id} camera`);
    const known = (await heard(a, 'error')).length;
    await post(ann, `/${id}`, { meeting_type: 'audio' }, 'PUT');
    await waitFor(async () => (await heard(a, 'error')).length > known, {
      reason: 'the camera to be refused',
    });
    expect(await tracks()).toEqual(['microphone']);
  });
});

/** What the tests use of `livekit-client`, in a page that has loaded it. */
interface WithLiveKit {
  LivekitClient: typeof LiveKit;
  room: LiveKit.Room;
}

describe('three protocols in one meeting', () => {
  it('a plain page, livekit-client and a WHIP encoder see and hear each other', async () => {
    const [ann, bob, cy] = [await someone('ann'), await someone('bob'), await someone('cy')];
    const id = await plan(ann);
    const a = await open(ann, id);
    await a.evaluate(() => meeting.publish('microphone'));
    await a.evaluate(() => meeting.publish('camera'));

    const b = await browser.open('livekit');
    await b.goto(pages.url);
    const { url, token } = await post(bob, `/${id}/join`);
    await b.evaluate(
      async ([address, jwt]) => {
        const page = globalThis as unknown as WithLiveKit;
        const { Room, RoomEvent } = page.LivekitClient;
        page.room = new Room();
        page.room.on(RoomEvent.TrackSubscribed, (track, _, from) => {
          const element = track.attach();
          element.dataset.user = from.identity;
          document.body.append(element);
        });
        await page.room.connect(address, jwt);
        await page.room.localParticipant.enableCameraAndMicrophone();
      },
      [url, token] as const,
    );

    const c = await browser.open('encoder');
    await c.goto(`${server.url}/health`);
    const encoder = await post(cy, `/${id}/join`);
    await c.evaluate(
      async ([room, jwt]) => {
        const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
        const pc = new RTCPeerConnection();
        for (const track of media.getTracks()) pc.addTransceiver(track, { direction: 'sendonly' });
        await pc.setLocalDescription();
        const answer = await fetch(`/whip/${room}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${jwt}`, 'content-type': 'application/sdp' },
          body: pc.localDescription?.sdp ?? '',
        });
        await pc.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
        Object.assign(globalThis, { pc });
      },
      [`meet_${id}`, encoder.token] as const,
    );

    await plays(a, ...[bob, cy].flatMap((one) => [`${one.id} microphone`, `${one.id} camera`]));
    for (const other of [ann.uid, cy.uid]) {
      await b.waitForFunction((user) => {
        const video = document.querySelector<HTMLVideoElement>(`video[data-user="${user}"]`);
        const audio = document.querySelector<HTMLAudioElement>(`audio[data-user="${user}"]`);
        return (video?.videoWidth ?? 0) > 0 && (audio?.currentTime ?? 0) > 0;
      }, other);
    }
    // All three are participants of the same meeting, and the plain page is told of the others.
    const joined = (await heard(a, 'user-joined')).map(({ from }) => from);
    expect(joined.sort()).toEqual([bob.id, cy.id].sort());
    const state = (await heard(a, 'media-state')).filter(({ from }) => from === bob.id).at(-1);
    expect(state?.data).toMatchObject({ audio: true, video: true });
    await b.evaluate(() => (globalThis as unknown as WithLiveKit).room.disconnect());
    await waitFor(
      async () =>
        !(await server.app.engine.members(`meet_${id}`)).some(({ identity }) => identity === bob.uid),
      { reason: 'the LiveKit client to be gone' },
    );
    await plays(a, `${cy.id} camera`);
    expect(await heard(a, 'error')).toEqual([]);
  });
});

describe('the page of the documentation', () => {
  it('joins a meeting: pictures, sound and words go both ways', async () => {
    const html = await readFile('docs/write-a-client/meeting.html', 'utf8');
    const script = /<script type="module">\n(.*)\n<\/script>/s.exec(html)?.[1] ?? '';
    expect(script.split('\n').length).toBeLessThanOrEqual(60);
    const page = async (name: string, id: number) => {
      // What a test puts in the place of an answer counts as from elsewhere.
      const permissions = ['camera', 'microphone', 'local-network-access'];
      const one = await browser.open(name, { permissions });
      await one.route('**/meeting.html', (route) => route.fulfill({ body: html, contentType: 'text/html' }));
      await one.goto(`${server.url}/meeting.html`);
      await one.getByPlaceholder('Name').fill(name);
      await one.locator('[name=password]').fill('password123');
      await one.getByPlaceholder('Meeting', { exact: true }).fill(String(id));
      await one.getByPlaceholder("The meeting's password").fill('sesame');
      await one.getByRole('button', { name: 'Join' }).click();
      return one;
    };
    const register = async (username: string) => {
      const body = { username, password: 'password123', nickname: username.toUpperCase() };
      await api(server, 'POST', '/api/v1/auth/register', { body });
      const login = await api(server, 'POST', '/api/v1/auth/login', { body });
      return { token: login.body.data.token, id: login.body.data.user.user_id } as Person;
    };
    const [ann, bob] = [await register('docs-ann'), await register('docs-bob')];
    const id = await plan(ann, { password: 'sesame', settings: { enable_waiting_room: true } });
    const a = await page('docs-ann', id);
    await a.getByRole('button', { name: 'Send' }).and(a.locator(':enabled')).waitFor();
    const b = await page('docs-bob', id);
    await b.getByText('Waiting to be let in').waitFor();
    await post(ann, `/${id}/participants`, { user_id: bob.id });
    const shown = (one: Page, other: Person) =>
      one.waitForFunction((user) => {
        const video = document.querySelector<HTMLVideoElement>(`video[data-user="${user}"]`);
        const audio = document.querySelector<HTMLAudioElement>(`audio[data-user="${user}"]`);
        return (video?.videoWidth ?? 0) > 0 && (audio?.currentTime ?? 0) > 0;
      }, other.id);
    await shown(a, bob);
    await shown(b, ann);
    await b.getByPlaceholder('Say something').fill('Hello');
    await b.getByRole('button', { name: 'Send' }).click();
    for (const one of [a, b]) await one.getByText('DOCS-BOB: Hello').waitFor();
    await b.close();
    expect(await a.locator('output').textContent()).toBe('');
  });
});
