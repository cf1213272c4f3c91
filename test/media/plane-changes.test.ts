import { beforeEach, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { planeWorld } from './plane-world.ts';

const world = planeWorld();
beforeEach(() => world.openRoom());

test('what is unpublished ends for everybody, and the next one comes in its own section', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const first = await ann.publish({ kind: 'video', codec: 'video/VP8', rids: ['q', 'h', 'f'] });
  const voice = await ann.publish({ kind: 'audio' });
  const [seen, heard] = [bob.subscribe(first), bob.subscribe(voice)];
  await Promise.all([bob.gets(seen), bob.gets(heard)]);

  const [sid = ''] = [...ann.sources].find(([, source]) => source === first) ?? [];
  await ann.unpublish(sid);
  expect(ann.ended).toEqual([sid]);
  expect(first.closed).toBe(true);
  await waitFor(async () => (await bob.inbound(seen)) === undefined, { reason: 'the picture to be gone' });
  // The section still has what it was offered with, or the browser could not offer it again.
  expect(ann.lastAnswer).toMatch(/a=rid:q recv\r\na=rid:h recv\r\na=rid:f recv\r\na=simulcast:recv q;h;f/);

  const second = await ann.publish({ kind: 'video', codec: 'video/VP8', rids: ['q', 'h', 'f'] });
  const again = bob.subscribe(second);
  await bob.gets(again);
  await bob.gets(heard);
  expect(Object.keys(ann.midToTrack)).toHaveLength(2);
  expect(world.faults).toEqual([]);
});

test.each([{ rids: ['q', 'h'] }, {}])('a section that had stopped sends again: %o', async (how) => {
  const [ann, bob] = await world.join('ann', 'bob');
  const first = await ann.publish({ kind: 'video', codec: 'video/VP8', ...how });
  await bob.gets(bob.subscribe(first));
  // From then on the browser names no stream's rid any more.
  const reports = () =>
    ann.page.evaluate(async () => {
      const stats = [...(await atPlane.up.getStats()).values()];
      return stats.filter(({ type }) => type === 'remote-inbound-rtp').length;
    });
  await waitFor(async () => (await reports()) === (how.rids?.length ?? 1), {
    reason: 'every stream to be told that it was heard',
  });
  const [[mid = '', sid = ''] = []] = Object.entries(ann.midToTrack);
  await ann.unpublish(sid);
  expect(ann.lastAnswer).toContain('a=inactive');

  await ann.page.evaluate((at) => atPlane.resumeSection(at), mid);
  const accepted = { trackSid: 'TR_again', stereo: false, dtx: true, codec: 'video/vp8' };
  ann.accepts.clear();
  ann.acceptsAny = accepted;
  await ann.negotiate();
  expect(ann.midToTrack).toEqual({ [mid]: 'TR_again' });
  const second = ann.sources.get('TR_again');
  if (!second) throw new Error('it is not carried');
  await bob.gets(bob.subscribe(second));

  const stop = () => ann.page.evaluate((at) => atPlane.unpublish(at), mid);
  const resume = () => ann.page.evaluate((at) => atPlane.resumeSection(at), mid);
  await stop();
  await ann.negotiate();
  // Once it is offered and withdrawn before the page has an answer: nothing came in.
  await resume();
  await ann.peer.publisher.answer(await ann.page.evaluate(() => atPlane.offer()));
  await stop();
  await ann.negotiate();
  await resume();
  await ann.negotiate();
  const third = ann.sources.get('TR_again');
  if (!third) throw new Error('it is not carried again');
  await bob.gets(bob.subscribe(third));
  expect(world.faults).toEqual([]);
});

test('both connections come back with new credentials, and media goes on', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const seen = bob.subscribe(await ann.publish({ kind: 'video', codec: 'video/VP8' }));
  await bob.gets(seen);
  const before = { up: ufrag(ann.lastAnswer), down: ufrag(bob.lastOffer) };

  await ann.negotiate(true);
  expect(ufrag(ann.lastAnswer)).not.toBe(before.up);
  bob.peer.subscriber.restart();
  await waitFor(() => ufrag(bob.lastOffer) !== before.down, { reason: 'an offer with new credentials' });
  expect(bob.lastOffer).toContain('a=end-of-candidates');
  for (const [person, target] of [
    [ann, 'up'],
    [bob, 'down'],
  ] as const)
    await waitFor(
      () => person.page.evaluate((which) => atPlane[which].iceConnectionState === 'connected', target),
      { reason: `${person.name} to be connected anew` },
    );
  await bob.gets(seen, 20);
  const more = bob.subscribe(await ann.publish({ kind: 'audio' }));
  await bob.gets(more);
  expect(world.faults).toEqual([]);
});

test('an offer without an answer is replaced when the client comes back', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const voice = await ann.publish({ kind: 'audio' });
  const offers = bob.offers;
  bob.answersOffers = false;
  const heard = bob.subscribe(voice);
  await waitFor(() => bob.offers === offers + 1, { reason: 'an offer' });
  bob.subscribe(voice, { trackSid: 'TR_second' });
  bob.answersOffers = true;
  bob.peer.subscriber.restart();
  await bob.gets(heard);
  expect(bob.offers).toBe(offers + 2);
  // That of before comes late.
  await bob.peer.subscriber.answer('v=0\r\n', offers + 1);
});

test('many changes at once take few offers, and end as they were last asked for', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const sources = [
    await ann.publish({ kind: 'audio' }),
    await ann.publish({ kind: 'video', codec: 'video/VP8' }),
    await ann.publish({ kind: 'video', codec: 'video/VP9' }),
  ];
  const offers = bob.offers;
  let turn = 0;
  let kept = sources.map((source) => bob.subscribe(source, { trackSid: `TR_storm_${turn++}` }));
  while (turn < 60) {
    for (const downlink of kept) downlink.close();
    kept = sources.map((source) => bob.subscribe(source, { trackSid: `TR_storm_${turn++}` }));
    if (turn % 4 === 0) await waitFor(() => bob.offers > offers, { reason: 'an offer' });
    await Promise.all([ann.negotiate(), ann.negotiate()].map((each) => each.catch(() => undefined)));
  }
  for (const downlink of kept) await bob.gets(downlink);
  expect(bob.offers - offers).toBeLessThan(60);
  expect(bob.peer.subscriber.connected).toBe(true);
  expect(world.faults).toEqual([]);
});

test('a section is used again when very many carry nothing', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const voice = await ann.publish({ kind: 'audio' });
  const settled = () =>
    waitFor(() => bob.settled === bob.offers, { reason: 'every offer to be answered', timeoutMs: 20_000 });
  for (let round = 0; round < 2; round++) {
    const many = Array.from({ length: 60 }, (_, i) => bob.subscribe(voice, { trackSid: `TR_${round}_${i}` }));
    await bob.gets(many.at(-1) ?? expect.fail());
    for (const each of many) each.close();
    await settled();
  }
  const sections = () => bob.lastOffer.match(/^m=/gm)?.length;
  await waitFor(() => bob.lastOffer.includes('a=recvonly'), { reason: 'spare sections' });
  await settled();
  const before = sections();
  const heard = bob.subscribe(voice, { trackSid: 'TR_last' });
  await bob.gets(heard);
  expect(sections()).toBe(before);
  expect(world.faults).toEqual([]);
});

test('a codec that a subscriber does not take is refused, and nothing else', async () => {
  const [ann, bob] = await world.join('ann', 'bob');
  const h264 = await ann.publish({ kind: 'video', codec: 'video/H264' });
  const vp8 = await ann.publish({ kind: 'video', codec: 'video/VP8' });
  bob.mangle.answer = (sdp) => {
    const types = [...sdp.matchAll(/a=rtpmap:(\d+) H264/g)].map(([, type]) => type);
    return sdp.replace(/^(m=video \d+ \S+)(.*)$/gm, (_, head, all: string) => {
      const left = all
        .trim()
        .split(/\s+/)
        .filter((type) => !types.includes(type));
      return `${head} ${left.join(' ')}`;
    });
  };
  const [refused, seen] = [bob.subscribe(h264), bob.subscribe(vp8)];
  await bob.gets(seen);
  await waitFor(() => refused.refused, { reason: 'the refusal' });
  expect(seen.refused).toBe(false);
});

test('a client that closes its connections is heard of', async () => {
  const [ann] = await world.join('ann');
  await ann.page.evaluate(() => {
    atPlane.up.close();
    atPlane.down.close();
  });
  await waitFor(() => ann.states[0].at(-1) === 'closed' && ann.states[1].at(-1) === 'closed', {
    reason: 'both to be closed',
  });
});

const ufrag = (sdp: string) => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];
