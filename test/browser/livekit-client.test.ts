import type * as LiveKit from 'livekit-client';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { roomsWorld } from '../support/browser-world.ts';
import { type Pages, plainPages } from '../support/livekit-pages.ts';
import { sees } from '../support/media.ts';
import { api } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

declare global {
  var LivekitClient: typeof LiveKit;
  var room: LiveKit.Room;
  /** What the page was told, in order. */
  var told: string[];
}

/** What can be sent to a page of the client's options. */
type Choices = Pick<LiveKit.RoomOptions, 'dynacast' | 'singlePeerConnection'>;

const world = roomsWorld({ rateLimits: true });
let pages: Pages;
let name: string;
let count = 0;
/** Where LiveKit's own clients and SDK reach the rooms. */
const mediaUrl = () => world.engine.url ?? world.server.wsUrl;
const rooms = () =>
  new RoomServiceClient(mediaUrl().replace(/^ws/, 'http'), world.engine.key, world.engine.secret);
const post = (path: string, body?: object) =>
  api(world.server, 'POST', path, { token: world.server.service, ...(body ? { body } : {}) });

beforeAll(async () => {
  pages = await plainPages();
});
afterAll(() => pages.close());
beforeEach(async () => {
  name = `browsers-${++count}`;
  const room = { creator: 'ann', room_name: name, max_participants: 3 };
  expect((await post('/api/rooms', room)).status).toBe(200);
});
afterEach(() => post(`/api/rooms/${name}/end`));

/** As a host gets it for somebody. */
async function token(uid: string): Promise<string> {
  const joined = await post('/api/participants/join', { room_name: name, uid });
  expect(joined.status, JSON.stringify(joined.body)).toBe(200);
  return joined.body.data.token;
}

/** Somebody's browser, in the room by LiveKit's own client with its own defaults. */
async function join(identity: string, options: Choices = {}): Promise<Page> {
  const page = await world.browser.open(identity);
  await page.goto(pages.url);
  await page.evaluate(
    async ([url, jwt, given]) => {
      const { Room, RoomEvent } = LivekitClient;
      globalThis.told = [];
      globalThis.room = new Room(given);
      room.on(RoomEvent.TrackSubscribed, (track, _, from) => {
        const element = track.attach();
        element.dataset.testid = `${track.kind}-${from.identity}`;
        element.dataset.sid = track.sid;
        document.body.append(element);
      });
      room.on(RoomEvent.TrackUnsubscribed, ({ sid }) => {
        for (const element of document.querySelectorAll(`[data-sid="${sid}"]`)) element.remove();
      });
      room.on(RoomEvent.Disconnected, (reason) => told.push(`disconnected ${reason}`));
      room.on(RoomEvent.SignalReconnecting, () => told.push('resuming'));
      room.on(RoomEvent.Reconnecting, () => told.push('reconnecting'));
      room.on(RoomEvent.Reconnected, () => told.push('reconnected'));
      room.on(RoomEvent.DataReceived, (data, from) =>
        told.push(`${from?.identity} ${new TextDecoder().decode(data)}`),
      );
      room.on(RoomEvent.ActiveSpeakersChanged, (speakers) =>
        told.push(`speaking ${speakers.map(({ identity }) => identity)}`),
      );
      await room.connect(url, jwt);
    },
    [mediaUrl(), await token(identity), options] as const,
  );
  return page;
}

async function publishing(identity: string, options: Choices = {}): Promise<Page> {
  const page = await join(identity, options);
  await page.evaluate(() => room.localParticipant.enableCameraAndMicrophone());
  return page;
}

const until = (page: Page, look: () => unknown, reason: string) =>
  waitFor(() => page.evaluate(look).then(Boolean), { reason, timeoutMs: 30_000, everyMs: 50 });
const heard = (page: Page, what: string) =>
  waitFor(() => page.evaluate((one) => told.includes(one), what), {
    reason: `"${what}" to be told`,
    timeoutMs: 30_000,
  });
const seesOther = (page: Page, identity: string) => sees(page.getByTestId(`video-${identity}`), identity);

/** The sound of each of them keeps arriving, and it is no silence. */
async function hears(page: Page, identities: readonly string[]): Promise<void> {
  const energy = () =>
    page.evaluate(
      (all) =>
        Promise.all(
          all.map(async (identity) => {
            const source = LivekitClient.Track.Source.Microphone;
            const track = room.remoteParticipants.get(identity)?.getTrackPublication(source)?.track;
            const stats = [...((await track?.getRTCStatsReport())?.values() ?? [])];
            return Number(stats.find(({ type }) => type === 'inbound-rtp')?.totalAudioEnergy ?? 0);
          }),
        ),
      identities,
    );
  const before = await energy();
  await waitFor(async () => (await energy()).every((now, i) => now > (before[i] ?? 0)), {
    reason: `sound of ${identities.join(' and ')}`,
    timeoutMs: 30_000,
    everyMs: 100,
  });
}

describe('three browsers with livekit-client', () => {
  it('all see and hear all', async () => {
    const names = ['ann', 'bob', 'cat'] as const;
    // Two with the connection that is their default, one with two of them.
    const [ann, bob, cat] = await Promise.all(
      names.map((one) => publishing(one, { singlePeerConnection: one !== 'cat' })),
    );
    const peers = (page: Page | undefined) =>
      page?.evaluate(() => (room.engine.pcManager?.subscriber === undefined ? 1 : 2));
    expect(await Promise.all([ann, bob, cat].map(peers))).toEqual([1, 1, 2]);
    const all: readonly [string, Page | undefined][] = [
      ['ann', ann],
      ['bob', bob],
      ['cat', cat],
    ];
    for (const [who, page] of all) {
      if (!page) throw new Error('a page is missing');
      const others = names.filter((one) => one !== who);
      await Promise.all([...others.map((other) => seesOther(page, other)), hears(page, others)]);
    }
    await waitFor(() => ann?.evaluate(() => told.some((one) => /speaking .*(ann|bob|cat)/.test(one))), {
      reason: 'somebody to be seen speaking',
    });
  });

  it('mute, unmute, stop and start again', async () => {
    const [ann, bob] = [await publishing('ann'), await join('bob')];
    await seesOther(bob, 'ann');
    const muted = (yes: boolean) =>
      waitFor(
        () =>
          bob.evaluate((wanted) => room.remoteParticipants.get('ann')?.isMicrophoneEnabled !== wanted, yes),
        { reason: `the microphone to be ${yes ? 'muted' : 'on'}` },
      );
    await ann.evaluate(() => room.localParticipant.setMicrophoneEnabled(false));
    await muted(true);
    await ann.evaluate(() => room.localParticipant.setMicrophoneEnabled(true));
    await muted(false);
    await hears(bob, ['ann']);
    await ann.evaluate(async () => {
      const publication = room.localParticipant.getTrackPublication(LivekitClient.Track.Source.Camera);
      if (publication?.track) await room.localParticipant.unpublishTrack(publication.track);
    });
    await bob.getByTestId('video-ann').waitFor({ state: 'detached' });
    await ann.evaluate(() => room.localParticipant.setCameraEnabled(true));
    await seesOther(bob, 'ann');
  });

  it('are shown one track after the other in the sections that a client has once', async () => {
    const [ann, bob] = [await publishing('ann'), await join('bob')];
    await seesOther(bob, 'ann');
    for (let times = 0; times < 5; times++) {
      await ann.evaluate(async () => {
        const { localParticipant } = room;
        for (const { track } of [...localParticipant.trackPublications.values()])
          if (track) await localParticipant.unpublishTrack(track);
      });
      await until(
        bob,
        () => document.querySelectorAll('video, audio').length === 0,
        'both tracks to be gone',
      );
      await ann.evaluate(() => room.localParticipant.enableCameraAndMicrophone());
      await seesOther(bob, 'ann');
      await hears(bob, ['ann']);
    }
    // Three of each kind are there from the beginning.
    const sections = await bob.evaluate(
      () =>
        (room.engine.pcManager?.publisher.getTransceivers() ?? []).filter(
          ({ receiver }) => receiver.track.kind === 'video',
        ).length,
    );
    expect(sections).toBe(3);
  });

  it('send each other data, texts and questions', async () => {
    const [ann, bob] = [await join('ann'), await join('bob')];
    await until(ann, () => room.remoteParticipants.has('bob'), 'Bob to be there');
    await bob.evaluate(() => {
      room.registerTextStreamHandler('long', async (reader) => {
        told.push(`text of ${(await reader.readAll()).length}`);
      });
      room.localParticipant.registerRpcMethod('greet', async ({ payload }) => `hello ${payload}`);
    });
    await ann.evaluate(() =>
      room.localParticipant.publishData(new TextEncoder().encode('hi'), { reliable: true }),
    );
    await heard(bob, 'ann hi');
    await ann.evaluate(() => room.localParticipant.sendText('x'.repeat(100_000), { topic: 'long' }));
    await heard(bob, 'text of 100000');
    const answer = await ann.evaluate(() =>
      room.localParticipant.performRpc({ destinationIdentity: 'bob', method: 'greet', payload: 'you' }),
    );
    expect(answer).toBe('hello you');
    await ann.evaluate(() => room.localParticipant.setAttributes({ mood: 'good' }));
    await until(
      bob,
      () => room.remoteParticipants.get('ann')?.attributes.mood === 'good',
      'the attribute to arrive',
    );
  });

  it('get the layer that they ask for', async () => {
    const [ann, bob] = [await publishing('ann'), await join('bob')];
    await seesOther(bob, 'ann');
    const height = () =>
      bob.evaluate(
        () => document.querySelector<HTMLVideoElement>('[data-testid=video-ann]')?.videoHeight ?? 0,
      );
    const ask = (quality: LiveKit.VideoQuality) =>
      bob.evaluate((wanted) => {
        const publication = room.remoteParticipants
          .get('ann')
          ?.getTrackPublication(LivekitClient.Track.Source.Camera) as LiveKit.RemoteTrackPublication;
        publication.setVideoQuality(wanted);
      }, quality);
    await ask(0);
    await waitFor(async () => (await height()) === 180, { reason: 'the low layer', timeoutMs: 30_000 });
    await ask(2);
    await waitFor(async () => (await height()) > 180, { reason: 'a higher layer', timeoutMs: 30_000 });
    expect(await ann.evaluate(() => told.filter((one) => !one.startsWith('speaking')))).toEqual([]);
  });
});

describe('a browser that loses its connection', () => {
  it.each([
    ['signal-reconnect', 'the socket'],
    ['resume-reconnect', 'socket and media'],
    ['full-reconnect', 'everything'],
  ] as const)('comes back by %s: %s', async (scenario, _) => {
    const [ann, bob] = [await publishing('ann'), await publishing('bob')];
    await Promise.all([seesOther(ann, 'bob'), seesOther(bob, 'ann')]);
    await ann.evaluate(async (which) => {
      await room.simulateScenario(which);
    }, scenario);
    await heard(ann, 'reconnected');
    await Promise.all([
      seesOther(ann, 'bob'),
      seesOther(bob, 'ann'),
      hears(ann, ['bob']),
      hears(bob, ['ann']),
    ]);
    expect(await bob.evaluate(() => told.filter((one) => one.startsWith('disconnected')))).toEqual([]);
  });
});

describe('a browser that is told to go', () => {
  it('is removed, and the others see it', async () => {
    const [ann, bob] = [await publishing('ann'), await publishing('bob')];
    await seesOther(ann, 'bob');
    await rooms().removeParticipant(name, 'bob');
    // LiveKit's PARTICIPANT_REMOVED.
    await heard(bob, 'disconnected 4');
    await until(ann, () => room.remoteParticipants.size === 0, 'Bob to be gone');
    await ann.getByTestId('video-bob').waitFor({ state: 'detached' });
    await rooms().deleteRoom(name);
    // ROOM_DELETED.
    await heard(ann, 'disconnected 5');
  });

  it('may not publish any more, at once', async () => {
    const [ann, bob] = [await publishing('ann'), await join('bob')];
    await seesOther(bob, 'ann');
    await rooms().updateParticipant(name, 'ann', undefined, { canPublish: false, canSubscribe: true });
    await bob.getByTestId('video-ann').waitFor({ state: 'detached' });
    await until(ann, () => room.localParticipant.permissions?.canPublish === false, 'the page to know');
  });

  it('is not let in with a token that is none', async () => {
    const page = await world.browser.open('eve');
    await page.goto(pages.url);
    const said = await page.evaluate(
      (url) =>
        new LivekitClient.Room().connect(url, 'rubbish').then(
          () => 'in',
          (error: Error) => error.message,
        ),
      mediaUrl(),
    );
    // What cannot be read at all is "authorization" to LiveKit's server.
    expect(said).toMatch(/invalid (authorization )?token/);
  });
});
