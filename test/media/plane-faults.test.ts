import { beforeEach, describe, expect, test } from 'vitest';
import { ParleyError } from '../../src/core/errors.ts';
import { waitFor } from '../support/wait-for.ts';
import { planeWorld } from './plane-world.ts';

describe('one worker', () => {
  const world = planeWorld();
  beforeEach(() => world.openRoom());

  const many = (count: number, of: (i: number) => string) => Array.from({ length: count }, (_, i) => of(i));
  const HOSTILE: [name: string, change: (sdp: string) => string][] = [
    ['nothing', () => ''],
    ['no SDP at all', () => 'hello'],
    ['a line without a letter', (sdp) => `${sdp}\r\n====\r\n`],
    ['a mid twice', (sdp) => sdp.replace(/a=mid:1\b/, 'a=mid:0')],
    ['no mid', (sdp) => sdp.replace(/a=mid:1\r\n/, '')],
    ['a fingerprint that is none', (sdp) => sdp.replace(/(a=fingerprint:sha-256 )\S+/g, '$1AB:CD')],
    ['an unknown hash', (sdp) => sdp.replace(/a=fingerprint:sha-256/g, 'a=fingerprint:md5')],
    ['another fingerprint', (sdp) => sdp.replace(/(a=fingerprint:sha-256 )../g, '$100')],
    ['an extension of number 0', (sdp) => sdp.replace(/a=extmap:\d+ /, 'a=extmap:0 ')],
    ['an extension of number 15', (sdp) => sdp.replace(/a=extmap:\d+ /, 'a=extmap:15 ')],
    ['an extension of number 256', (sdp) => sdp.replace(/a=extmap:\d+ /, 'a=extmap:256 ')],
    ['two extensions of one number', (sdp) => sdp.replace(/(a=extmap:\d+ )/, '$1a:b\r\n$1')],
    ['a payload type twice', (sdp) => sdp.replace(/^(m=audio \S+ \S+) (\d+)/m, '$1 $2 $2')],
    ['a payload type of 128', (sdp) => sdp.replace(/^(m=audio \S+ \S+) (\d+)/m, '$1 128')],
    ['an SSRC of 0', (sdp) => sdp.replace(/a=ssrc:\d+ /, 'a=ssrc:0 ')],
    ['a group of strangers', (sdp) => `${sdp}a=ssrc-group:FID 1 2\r\n`],
    ['a DTLS server', (sdp) => sdp.replace(/a=setup:\S+/g, 'a=setup:passive')],
    ['two thousand sections', (sdp) => sdp + many(2000, (i) => section(`x${i}`)).join('')],
    ['more than two megabytes', (sdp) => sdp + many(50_000, () => `a=${'x'.repeat(60)}\r\n`).join('')],
    ['no credentials', (sdp) => sdp.replace(/a=ice-ufrag:\S+\r\n/g, '')],
  ];
  const section = (mid: string) =>
    `m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:${mid}\r\na=rtpmap:96 VP8/90000\r\n`;

  test('SDP that is none is refused, and hurts nobody else', async () => {
    const [ann, bob, eve] = await world.join('ann', 'bob', 'eve');
    const heard = bob.subscribe(await ann.publish({ kind: 'audio' }));
    await eve.publish({ kind: 'audio' });
    const good = await eve.page.evaluate(() => atPlane.offer());
    for (const [name, change] of HOSTILE) {
      const bad = change(good);
      expect(bad, name).not.toBe(good);
      const refusal = await eve.peer.publisher.answer(bad).then(
        () => undefined,
        (error) => error,
      );
      expect(refusal, name).toBeInstanceOf(ParleyError);
      expect(refusal, name).toMatchObject({ code: 'invalid' });
    }
    await expect(eve.peer.publisher.answer(good)).resolves.toMatchObject({ sdp: expect.any(String) });
    await bob.gets(heard);
  });

  test('what is not known is left out, not refused', async () => {
    const [ann, bob] = await world.join('ann', 'bob');
    ann.mangle.offer = (sdp) =>
      `${sdp.replace('t=0 0\r\n', 't=0 0\r\nz=0\r\na=strange\r\na=strange:more\r\n')}a=new-thing:1\r\n`;
    await bob.gets(bob.subscribe(await ann.publish({ kind: 'audio' })));
  });

  test('a client that leaves the beginning of DTLS to us, as pion does, is connected', async () => {
    const [ann] = await world.join('ann');
    const [bob] = await world.enter('bob');
    await bob.page.evaluate(() => {
      atPlane.isPassive = true;
    });
    await bob.connect();
    await waitFor(() => bob.peer.subscriber.data.open('_reliable'), { reason: 'the data channel' });
    await bob.gets(bob.subscribe(await ann.publish({ kind: 'audio' })));
  });

  test('two sections with one SSRC are not both carried, and what is good goes on', async () => {
    const [ann, bob] = await world.join('ann', 'bob');
    const voice = await ann.publish({ kind: 'audio' });
    const heard = bob.subscribe(voice);
    const twice = (sdp: string) => {
      const [ssrc] = /(?<=a=ssrc:)\d+/.exec(sdp) ?? [];
      return sdp + section('twice').replace('a=mid', `a=ssrc:${ssrc} cname:x\r\na=msid:s twice\r\na=mid`);
    };
    ann.acceptsAny = { trackSid: 'TR_twice', stereo: false, dtx: true };
    const offer = await ann.page.evaluate(() => atPlane.offer());
    await expect(ann.peer.publisher.answer(twice(offer))).rejects.toMatchObject({ code: 'invalid' });
    expect(ann.ended).toEqual(['TR_twice']);
    await bob.gets(heard);
    expect(world.faults.splice(0)).toHaveLength(1);
  });

  test('answers that are none are refused, and the next one counts', async () => {
    const [ann, bob] = await world.join('ann', 'bob');
    const voice = await ann.publish({ kind: 'audio' });
    const refusals: unknown[] = [];
    bob.mangle.answer = (sdp) => {
      for (const bad of [
        '',
        'v=0\r\n',
        sdp.replace(/a=mid:1\b/, 'a=mid:7'),
        sdp.replace(/setup:active/g, 'setup:actpass'),
      ])
        void bob.peer.subscriber.answer(bad, bob.offers).catch((error) => refusals.push(error.code));
      return sdp;
    };
    await bob.gets(bob.subscribe(voice));
    expect(refusals).toEqual(['invalid', 'invalid', 'invalid', 'invalid']);
  });

  test('closing while it negotiates harms nobody', async () => {
    const [ann, bob] = await world.join('ann', 'bob');
    const heard = bob.subscribe(await ann.publish({ kind: 'audio' }));
    for (let turn = 0; turn < 5; turn++) {
      const [carl] = await world.join('carl');
      const offer = await carl.page.evaluate(() =>
        atPlane.publish({ kind: 'audio' }).then(() => atPlane.offer()),
      );
      carl.acceptsAny = { trackSid: `TR_${turn}`, stereo: false, dtx: true };
      const answers = [carl.peer.publisher.answer(offer), carl.peer.publisher.answer(offer)];
      for (const source of ann.sources.values()) carl.subscribe(source);
      if (turn % 2 === 0) await new Promise(setImmediate);
      carl.peer.close();
      const ends = await Promise.allSettled(answers);
      for (const end of ends)
        if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'unavailable' });
      await carl.page.close();
    }
    await bob.gets(heard);
    expect(world.faults).toEqual([]);
  });

  test('a worker that is killed is replaced, and its room says so', async () => {
    await world.join('ann', 'bob');
    const [before] = await world.plane.load();
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await waitFor(() => world.lost === 1, { reason: 'the room to be lost' });
    await waitFor(() => world.openRoom(), { reason: 'another worker' });
    const [after] = await world.plane.load();
    expect(after?.pid).not.toBe(before?.pid);
    const [cat, dan] = await world.join('cat', 'dan');
    await dan.gets(dan.subscribe(await cat.publish({ kind: 'audio' })));
    expect(world.faults.splice(0).join()).toContain('keep media worker');
    expect(world.lost).toBe(1);
  });
});

describe('two workers', () => {
  const world = planeWorld({ workers: 2, crowd: 2 });
  beforeEach(() => world.openRoom());

  test('a worker carries what somebody there needs, and no longer', async () => {
    const rooms = async () => (await world.plane.load()).map((each) => each.rooms);
    const [ann] = await world.join('ann', 'bob');
    const [carl] = await world.join('carl');
    expect(await rooms()).toEqual([1, 1]);
    const camera = await ann.publish({
      kind: 'video',
      codec: 'video/VP8',
      rids: ['q', 'h', 'f'],
      width: 960,
      height: 540,
    });
    const seen = carl.subscribe(camera);
    await carl.getsSize(seen, 540);
    seen.prefer({ spatial: 0 });
    await carl.getsSize(seen, 135);
    // The only one there: what went to that worker goes there anew.
    seen.close();
    const again = carl.subscribe(camera, { trackSid: 'TR_again' });
    await carl.gets(again);

    carl.peer.close();
    await waitFor(async () => (await rooms()).join() === '1,0', { reason: 'the empty worker to be left' });
    const [dan] = await world.join('dan');
    expect(await rooms()).toEqual([1, 1]);
    await dan.gets(dan.subscribe(camera));
    expect(world.faults).toEqual([]);
  });

  test('a large room is on both, and everybody gets everybody', async () => {
    const [ann, bob] = await world.join('ann', 'bob');
    const voice = await ann.publish({ kind: 'audio' });
    const camera = await ann.publish({ kind: 'video', codec: 'video/VP8', rids: ['q', 'h'] });
    for (const downlink of [bob.subscribe(voice), bob.subscribe(camera)]) await bob.gets(downlink);
    const [carl] = await world.join('carl');
    const [heard, seen] = [carl.subscribe(voice), carl.subscribe(camera)];
    await Promise.all([carl.gets(heard), carl.gets(seen)]);
    const load = await world.plane.load();
    // Those of the first page, those of the other: what goes between the workers is nobody's.
    expect(load.map(({ consumers }) => consumers)).toEqual([2, 2]);
    expect(load.map(({ rooms }) => rooms)).toEqual([1, 1]);

    const back = await carl.publish({ kind: 'audio' });
    await bob.gets(bob.subscribe(back));
    await waitFor(
      () => {
        const sources = world.levels.at(-1)?.map(({ source }) => source) ?? [];
        return [voice.id, back.id].every((id) => sources.includes(id));
      },
      { reason: 'both to be heard, each on its own worker' },
    );
    camera.pause();
    camera.resume();
    await carl.gets(seen);
    const [sid = ''] = [...ann.sources].find(([, source]) => source === camera) ?? [];
    await ann.unpublish(sid);
    await waitFor(async () => (await carl.inbound(seen)) === undefined, { reason: 'the picture to be gone' });
    await carl.gets(heard);

    process.kill(load[1]?.pid ?? 0, 'SIGKILL');
    await waitFor(() => world.lost === 1, { reason: 'the whole room to be lost' });
    await waitFor(async () => (await world.plane.load()).length === 2, { reason: 'another worker' });
    expect(world.faults.splice(0).join()).toContain('keep media worker');
  });
});
