import { TrackSource } from '@livekit/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeMember, FakeRoom, microphone } from './room.fixture.ts';
import { openSpeakers } from './speakers.ts';
import { openSubscriptions } from './subscriptions.ts';

describe('speakers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const room = new FakeRoom();
    const subscriptions = openSubscriptions(room, {
      clock: { now: () => Date.now() },
      failed: (what) => expect.unreachable(what),
    });
    const speakers = openSpeakers(room, subscriptions);
    const [ann, ben, cem] = ['ann', 'ben', 'cem'].map((name) => room.add(name)) as [
      FakeMember,
      FakeMember,
      FakeMember,
    ];
    cem.autoSubscribe = false;
    for (const member of [ann, ben, cem]) subscriptions.activated(member);
    const [one, two] = [microphone(ann, 'TR_a'), microphone(ben, 'TR_b')];
    for (const track of [one, two]) subscriptions.published(track);
    const told = (member: FakeMember) =>
      member
        .heard('speakersChanged')
        .map(({ speakers }) => speakers.map(({ sid, level, active }) => [sid, level, active]));
    return { room, subscriptions, speakers, ann, ben, cem, one, two, told };
  }

  it('are told to those who hear them and to themselves, in eighths, when that changes', () => {
    const { speakers, ann, ben, cem, told } = open();
    speakers.levels([{ source: 'TR_a', dBov: -20 }]);
    speakers.levels([{ source: 'TR_a', dBov: -20.5 }]);
    for (const member of [ann, ben]) expect(told(member)).toEqual([[['PA_ann', 0.125, true]]]);
    expect(told(cem)).toEqual([]);
  });

  it('rise and fall smoothly, and stop with level 0', () => {
    const { speakers, ben, told } = open();
    speakers.levels([{ source: 'TR_a', dBov: -6 }]);
    speakers.levels([{ source: 'TR_a', dBov: -30 }]);
    speakers.levels([]);
    speakers.levels([]);
    expect(told(ben)).toEqual([[['PA_ann', 0.625, true]], [['PA_ann', 0.25, true]], [['PA_ann', 0, false]]]);
  });

  it('come in one message to each', () => {
    const { speakers, ann, told } = open();
    speakers.levels([
      { source: 'TR_b', dBov: 0 },
      { source: 'TR_a', dBov: -20 },
    ]);
    expect(told(ann)).toEqual(
      [
        [
          ['PA_ben', 1, true],
          ['PA_ann', 0.125, true],
        ].toSorted(),
      ].map((list) => expect.arrayContaining(list)),
    );
  });

  it('are not what a screen plays, nor sources nobody has', () => {
    const { speakers, one, ben, told } = open();
    one.info.source = TrackSource.SCREEN_SHARE_AUDIO;
    speakers.levels([
      { source: 'TR_a', dBov: -6 },
      { source: 'other', dBov: -6 },
    ]);
    expect(told(ben)).toEqual([]);
  });

  it('stop when their track ends or they leave', () => {
    const { room, subscriptions, speakers, ann, ben, one, told } = open();
    speakers.levels([
      { source: 'TR_a', dBov: -6 },
      { source: 'TR_b', dBov: -6 },
    ]);
    ann.tracks.delete('TR_a');
    speakers.unpublished(one);
    subscriptions.unpublished(one);
    expect(told(ben).at(-1)).toEqual([['PA_ann', 0, false]]);
    speakers.left(ben);
    subscriptions.left(ben);
    room.remove(ben);
    expect(told(ann).at(-1)).toEqual([['PA_ben', 0, false]]);
  });

  it('are told to who begins to hear them, and taken back from who no longer does', () => {
    const { subscriptions, speakers, cem, told } = open();
    speakers.levels([{ source: 'TR_a', dBov: -6 }]);
    cem.autoSubscribe = true;
    subscriptions.permitted(cem);
    expect(told(cem)).toEqual([[['PA_ann', 0.625, true]]]);
    cem.permission.canSubscribe = false;
    subscriptions.permitted(cem);
    expect(told(cem).at(-1)).toEqual([['PA_ann', 0, false]]);
  });

  it('can be simulated for a while', () => {
    const { speakers, ann, ben, told } = open();
    speakers.simulated(ann, 3);
    speakers.levels([]);
    expect(told(ben)).toEqual([[['PA_ann', 1, true]]]);
    vi.advanceTimersByTime(3000);
    expect(told(ben).at(-1)).toEqual([['PA_ann', 0, false]]);
  });
});
