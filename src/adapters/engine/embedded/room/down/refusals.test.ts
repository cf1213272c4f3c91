import { BackupCodecPolicy, SubscriptionError, UpdateSubscription } from '@livekit/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { camera, type FakeMember, FakeRoom, type FakeTrack, sourceOf } from './room.fixture.ts';
import { openSubscriptions } from './subscriptions.ts';

const { SE_CODEC_UNSUPPORTED, SE_TRACK_NOTFOUND } = SubscriptionError;

describe('a subscription that cannot be served', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const room = new FakeRoom();
    const subscriptions = openSubscriptions(room, {
      clock: { now: () => Date.now() },
      failed: (what) => expect.unreachable(what),
    });
    const join = (name: string): FakeMember => {
      const member = room.add(name);
      subscriptions.activated(member);
      return member;
    };
    const want = (member: FakeMember, trackSids: string[]) =>
      subscriptions.update(member, new UpdateSubscription({ trackSids, subscribe: true }));
    const backup = (track: FakeTrack, codec: string) => {
      const source = sourceOf(`${track.info.sid} ${codec}`, codec, ['q', 'h']);
      track.sources.set(codec, source);
      subscriptions.sourceAdded(track, source);
    };
    return { room, subscriptions, join, want, backup };
  }

  const errors = (member: FakeMember) =>
    member.heard('subscriptionResponse').map((one) => [one.trackSid, one.err]);
  const codecs = (member: FakeMember, sid: string) => member.links(sid).map((link) => link.source.mime);

  async function refuse(member: FakeMember, sid: string): Promise<void> {
    member.links(sid)[0]?.about.refused();
    await Promise.resolve();
  }

  it('for no codec of the track suits the client: it is told once, and again when it asks again', async () => {
    const { subscriptions, join, want } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    subscriptions.published(camera(ann, 'TR_1', ['video/h264']));
    await refuse(ben, 'TR_1');
    subscriptions.activated(ben);
    expect(ben.links('TR_1')).toEqual([]);
    expect(errors(ben)).toEqual([['TR_1', SE_CODEC_UNSUPPORTED]]);
    expect(subscriptions.isSubscribed(ben, ann)).toBe(false);
    want(ben, ['TR_1']);
    await refuse(ben, 'TR_1');
    expect(errors(ben)).toHaveLength(2);
  });

  it('is tried with another profile of H264, not with a codec the client has none of', async () => {
    const { subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    for (const [sid, codec] of [
      ['TR_1', 'video/h264'],
      ['TR_2', 'video/vp9'],
    ] as const) {
      subscriptions.published(camera(ann, sid, [codec]));
      await refuse(ben, sid);
    }
    subscriptions.published(camera(ann, 'TR_3', ['video/h264']));
    subscriptions.published(camera(ann, 'TR_4', ['video/vp9']));
    expect(codecs(ben, 'TR_3')).toEqual(['video/h264']);
    expect(codecs(ben, 'TR_4')).toEqual([]);
    expect(errors(ben).map(([sid]) => sid)).toEqual(['TR_1', 'TR_2', 'TR_4']);
  });

  it('in the main codec gets the backup, which its publisher is asked for', async () => {
    const { subscriptions, join, backup } = open();
    const [ann, ben, cem] = [join('ann'), join('ben'), join('cem')];
    const track = camera(ann, 'TR_1', ['video/vp9', 'video/vp8']);
    track.info.backupCodecPolicy = BackupCodecPolicy.SIMULCAST;
    subscriptions.published(track);
    await refuse(ben, 'TR_1');
    const asked = ann.heard('subscribedQualityUpdate')[0]?.subscribedCodecs ?? [];
    expect(asked.map((one) => [one.codec, one.qualities.some((of) => of.enabled)])).toEqual([
      ['vp9', true],
      ['vp8', true],
    ]);
    backup(track, 'video/vp8');
    expect(codecs(ben, 'TR_1')).toEqual(['video/vp8']);
    expect(codecs(cem, 'TR_1')).toEqual(['video/vp9']);
    vi.advanceTimersByTime(60_000);
    expect(errors(ben)).toEqual([]);
  });

  it('in the main codec moves everybody to the backup, unless the publisher wants to send both', async () => {
    const { subscriptions, join, backup } = open();
    const [ann, ben, cem] = [join('ann'), join('ben'), join('cem')];
    const track = camera(ann, 'TR_1', ['video/vp9', 'video/vp8']);
    subscriptions.published(track);
    await refuse(ben, 'TR_1');
    expect(codecs(cem, 'TR_1')).toEqual(['video/vp9']);
    backup(track, 'video/vp8');
    expect(codecs(cem, 'TR_1')).toEqual(['video/vp8']);
    vi.advanceTimersByTime(5000);
    const last = ann.heard('subscribedQualityUpdate').at(-1)?.subscribedCodecs ?? [];
    expect(last.map((one) => [one.codec, one.qualities.some((of) => of.enabled)])).toEqual([
      ['vp9', false],
      ['vp8', true],
    ]);
  });

  it('waits for a backup no longer than it is patient', async () => {
    const { subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    subscriptions.published(camera(ann, 'TR_1', ['video/vp9', 'video/vp8']));
    await refuse(ben, 'TR_1');
    vi.advanceTimersByTime(14_999);
    expect(errors(ben)).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(errors(ben)).toEqual([['TR_1', SE_CODEC_UNSUPPORTED]]);
  });

  it('for there is no such track: it is told after a while, unless the track comes', () => {
    const { subscriptions, join, want } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    want(ben, ['TR_1', 'TR_2']);
    vi.advanceTimersByTime(10_000);
    subscriptions.published(camera(ann, 'TR_2'));
    expect(ben.links('TR_2')).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    expect(errors(ben)).toEqual([['TR_1', SE_TRACK_NOTFOUND]]);
  });

  it('is refused at once when there are too many of them', () => {
    const { join, want } = open();
    const ben = join('ben');
    want(
      ben,
      Array.from({ length: 2100 }, (_, at) => `TR_${at}`),
    );
    expect(errors(ben)).toHaveLength(100);
  });
});
