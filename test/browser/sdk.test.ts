import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { SdkPages } from './sdk-pages.ts';

let server: TestServer;
let pages: SdkPages;
let round = 0;

beforeAll(async () => {
  [server, pages] = await Promise.all([startTestServer({ stunUrls: [] }), SdkPages.start()]);
});
afterEach(() => pages.closePages());
afterAll(async () => {
  await pages?.close();
  await server?.close();
});

/** People who know each other, each in a browser of their own. */
async function people(count: number) {
  round++;
  const names = ['ann', 'bob', 'cy', 'dan'].slice(0, count).map((name) => `${name}${round}`);
  const persons = await Promise.all(names.map((name) => server.person(name, { displayName: name })));
  await server.befriend(...persons);
  const opened = [];
  for (const { uid, token } of persons)
    opened.push({ uid, token, ...{ at: await pages.open(server.url, token) } });
  return opened as [(typeof opened)[0], (typeof opened)[0], ...typeof opened];
}
type Somebody = Awaited<ReturnType<typeof people>>[0];

async function connected(a: Somebody, b: Somebody, video = true) {
  await a.at.run(`client.call('${b.uid}', { video: ${video} }).then(() => 0)`);
  await b.at.state('incoming');
  await b.at.run('call.answer()');
  await Promise.all([a.at.state('connected'), b.at.state('connected')]);
}

describe('a call of two', () => {
  it('is seen and heard on both sides, and both histories tell the same', async () => {
    const [ann, bob] = await people(2);
    await connected(ann, bob);
    await Promise.all([ann.at.sees(bob.uid), bob.at.sees(ann.uid), ann.at.hears(), bob.at.hears()]);
    const stats = await ann.at.run<{ quality: number; audio: { packetsReceived: number } }>('call.stats()');
    expect(stats.quality).toBeGreaterThanOrEqual(1);
    expect(stats.audio.packetsReceived).toBeGreaterThan(0);
    const callId = await ann.at.run<string>('call.id');
    await ann.at.run('call.hangUp()');
    await bob.at.until(`call.endReason === 'hung_up'`, 'the other side to end');
    await ann.at.until(`client.history.list().then(([one]) => one.status === 'ended')`, 'the history');
    const [mine, theirs] = await Promise.all(
      [ann, bob].map(({ at }) =>
        at.run<string>(
          'client.history.list().then(([one]) => JSON.stringify([one.id, one.status, one.duration]))',
        ),
      ),
    );
    expect(mine).toBe(theirs);
    for (const { at, token } of [ann, bob]) {
      await at.until('peers.every((peer) => peer.connectionState === "closed")', 'connections to be closed');
      await at.until(
        '!call.localStream || call.localStream.getTracks().every((t) => t.readyState === "ended")',
        'devices given back',
      );
      const report = await api(server, 'GET', `/api/v1/rtc/stats/${callId}`, { token });
      expect(report.body.stats?.audio?.packetsReceived, JSON.stringify(report.body)).toBeGreaterThan(0);
    }
  });

  it('begun with sound alone gains a picture from each side, and loses it again', async () => {
    const [ann, bob] = await people(2);
    await connected(ann, bob, false);
    await ann.at.hears();
    expect(await bob.at.run(`call.participants.get('${ann.uid}').videoOn`)).toBe(false);
    await ann.at.run('call.camera(true)');
    await bob.at.sees(ann.uid);
    await bob.at.until(`call.participants.get('${ann.uid}').videoOn`, 'the flag');
    await bob.at.run('call.camera(true)');
    await ann.at.sees(bob.uid);
    await ann.at.run('call.camera(false)');
    await bob.at.until(`!call.participants.get('${ann.uid}').videoOn`, 'the flag to go');
    await ann.at.run('call.camera(true)');
    await bob.at.sees(ann.uid);
    await ann.at.run('call.mute(true)');
    await bob.at.until(`call.participants.get('${ann.uid}').muted`, 'the mute');
  });

  it('offered with a picture may be taken without one', async () => {
    const [ann, bob] = await people(2);
    await ann.at.run(`client.call('${bob.uid}', { video: true }).then(() => 0)`);
    await bob.at.state('incoming');
    await bob.at.run('call.answer({ video: false })');
    await bob.at.sees(ann.uid);
    await ann.at.until(`!call.participants.get('${bob.uid}').videoOn`, 'the flag');
    await bob.at.run('call.camera(true)');
    await ann.at.sees(bob.uid);
  });

  it('shares the screen in the place of the camera', async () => {
    const [ann, bob] = await people(2);
    await connected(ann, bob);
    await bob.at.sees(ann.uid);
    // A window of a machine without a screen cannot be captured: a drawn one takes its place.
    await ann.at.run(`navigator.mediaDevices.getDisplayMedia = async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 100 });
      const paper = canvas.getContext('2d');
      setInterval(() => { paper.fillStyle = 'hsl(' + performance.now() % 360 + ' 90% 50%)'; paper.fillRect(0, 0, 400, 100); }, 50);
      return canvas.captureStream(15);
    }`);
    await ann.at.run('call.shareScreen(true)');
    expect(await ann.at.run('call.sharing')).toBe(true);
    const width = `document.getElementById('v-${ann.uid}').videoWidth`;
    const shape = `${width} / document.getElementById('v-${ann.uid}').videoHeight`;
    await bob.at.until(`${shape} > 3.5`, 'the shared screen');
    await ann.at.run('call.shareScreen(false)');
    await bob.at.until(`${shape} < 2`, 'the camera again');
  });

  it('survives a lost socket: it is negotiated anew and goes on', async () => {
    const [ann, bob] = await people(2);
    await connected(ann, bob);
    const ufrag = `peers.at(-1).localDescription.sdp.match(/ice-ufrag:(\\S+)/)[1]`;
    const before = await ann.at.run<string>(ufrag);
    await ann.at.run('sockets.at(-1).close()');
    await ann.at.until(`sockets.length === 2 && client.state === 'open'`, 'the socket to come back');
    await ann.at.until(`${ufrag} !== '${before}'`, 'new candidates');
    await Promise.all([ann.at.sees(bob.uid), bob.at.sees(ann.uid)]);
    expect(await bob.at.run('call.state')).toBe('connected');
  });

  it('survives both losing their socket at once', async () => {
    const [ann, bob] = await people(2);
    await connected(ann, bob);
    await Promise.all([ann.at.run('sockets.at(-1).close()'), bob.at.run('sockets.at(-1).close()')]);
    for (const { at } of [ann, bob]) {
      await at.until(`sockets.length === 2 && client.state === 'open'`, 'the socket to come back');
    }
    await Promise.all([ann.at.sees(bob.uid), bob.at.sees(ann.uid)]);
    await Promise.all([ann.at.state('connected'), bob.at.state('connected')]);
    expect(await ann.at.run('errors')).toEqual([]);
    expect(await bob.at.run('errors')).toEqual([]);
  });

  it('survives a reload of either page', async () => {
    const [ann, bob] = await people(2);
    await connected(ann, bob);
    for (const [one, other] of [
      [ann, bob],
      [bob, ann],
    ] as const) {
      const device = await one.at.run('client.deviceId');
      await one.at.load();
      expect(await one.at.run('client.deviceId')).toBe(device);
      await one.at.state('connected');
      await Promise.all([one.at.sees(other.uid), other.at.sees(one.uid)]);
      expect(await one.at.run(`call.participants.get('${other.uid}').person.name`)).toBe(other.uid);
    }
  });

  it('is one when both call at the same moment', async () => {
    const [ann, bob] = await people(2);
    await Promise.all([
      ann.at.run(`client.call('${bob.uid}', { video: true }).then(() => 0)`),
      bob.at.run(`client.call('${ann.uid}', { video: true }).then(() => 0)`),
    ]);
    await Promise.all([ann.at.state('connected'), bob.at.state('connected')]);
    expect(await ann.at.run('call.id')).toBe(await bob.at.run('call.id'));
    await Promise.all([ann.at.sees(bob.uid), bob.at.sees(ann.uid)]);
  });

  it('refused a camera rings on, and can be taken without it', async () => {
    const [ann, bob] = await people(2);
    await ann.at.run(`client.call('${bob.uid}', { video: true }).then(() => 0)`);
    await bob.at.state('incoming');
    await bob.at.run(`window.ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (wanted) => wanted.video
        ? Promise.reject(new DOMException('taken', 'NotReadableError')) : ask(wanted)`);
    expect(await bob.at.run('call.answer().catch((error) => error.reason)')).toBe('media_in_use');
    expect(await bob.at.run('call.state')).toBe('incoming');
    await bob.at.run('call.answer({ video: false })');
    await ann.at.hears();
  });
});

describe('a group call', () => {
  it('of three is a mesh in which everybody sees everybody, until one leaves', async () => {
    const [ann, bob, cy] = (await people(3)) as [Somebody, Somebody, Somebody];
    await ann.at.run(`client.call(['${bob.uid}', '${cy.uid}'], { video: true }).then(() => 0)`);
    await Promise.all([bob, cy].map(({ at }) => at.state('incoming')));
    // At once: the two newcomers offer to each other too.
    await Promise.all([bob, cy].map(({ at }) => at.run('call.answer()')));
    const all = [ann, bob, cy];
    await Promise.all(
      all.flatMap((one) => all.filter((other) => other !== one).map((other) => one.at.sees(other.uid))),
    );
    expect(await ann.at.run('call.isGroup')).toBe(true);
    await bob.at.run('call.hangUp()');
    for (const { at } of [ann, cy]) {
      await at.until(`call.participants.get('${bob.uid}').state === 'left'`, 'the one who left');
      expect(await at.run('call.state')).toBe('connected');
    }
    await Promise.all([ann.at.sees(cy.uid), cy.at.sees(ann.uid)]);
    await cy.at.run('call.hangUp()');
    await ann.at.state('ended');
  });

  it('is what a call of two becomes when a third is asked in', async () => {
    const [ann, bob, cy] = (await people(3)) as [Somebody, Somebody, Somebody];
    await connected(ann, bob);
    await ann.at.run(`call.invite(['${cy.uid}'])`);
    await cy.at.state('incoming');
    expect(await cy.at.run('call.peer.uid')).toBe(ann.uid);
    await cy.at.run('call.answer()');
    await Promise.all([
      cy.at.sees(ann.uid),
      cy.at.sees(bob.uid),
      bob.at.sees(cy.uid),
      ann.at.sees(cy.uid),
      ann.at.sees(bob.uid),
    ]);
    expect(await bob.at.run('call.isGroup')).toBe(true);
  });
});
