import { ConnectionQuality } from '@livekit/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openQuality } from './quality.ts';
import { camera, type FakeMember, FakeRoom } from './room.fixture.ts';
import { openSubscriptions } from './subscriptions.ts';

const { EXCELLENT, POOR } = ConnectionQuality;
const round = () => vi.advanceTimersByTimeAsync(5000);

describe('connection quality', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const room = new FakeRoom();
    const failures: string[] = [];
    const subscriptions = openSubscriptions(room, {
      clock: { now: () => Date.now() },
      failed: (what) => failures.push(what),
    });
    const quality = openQuality(room, subscriptions, (what) => failures.push(what));
    const join = (name: string): FakeMember => {
      const member = room.add(name);
      subscriptions.activated(member);
      return member;
    };
    const told = (member: FakeMember) =>
      member
        .heard('connectionQuality')
        .map(({ updates }) => updates.map((one) => `${one.participantSid} ${one.quality}`).toSorted());
    return { room, subscriptions, quality, join, told, failures };
  }

  it('is told of oneself and of those one gets tracks of, when it changes', async () => {
    const { subscriptions, join, told, failures } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    subscriptions.published(camera(ann, 'TR_1'));
    await round();
    await round();
    expect(told(ann)).toEqual([[`PA_ann ${EXCELLENT}`]]);
    expect(told(ben)).toEqual([[`PA_ann ${EXCELLENT}`, `PA_ben ${EXCELLENT}`]]);
    const bad = { ...(await ben.stats()), lossDown: 0.5 };
    ben.stats = async () => bad;
    await round();
    await round();
    expect(told(ben).at(-1)).toEqual([`PA_ben ${POOR}`]);
    expect(told(ann)).toHaveLength(1);
    expect(failures).toEqual([]);
  });

  it('is told to who subscribes later', async () => {
    const { subscriptions, join, told } = open();
    const ann = join('ann');
    subscriptions.published(camera(ann, 'TR_1'));
    await round();
    expect(told(join('ben'))).toEqual([[`PA_ann ${EXCELLENT}`]]);
  });

  it('asks nobody without media, and whoever closes meanwhile is no failure', async () => {
    const { room, subscriptions, quality, join, failures } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    await round();
    expect([ann.asked, ben.asked]).toEqual([0, 0]);
    subscriptions.published(camera(ann, 'TR_1'));
    ben.stats = async () => {
      room.remove(ben);
      throw new Error('closed');
    };
    await round();
    expect([ann.asked, ben.asked]).toEqual([0, 1]);
    expect(failures).toEqual([]);
    quality.close();
    await round();
    expect(ben.asked).toBe(1);
  });

  it('says what could not be measured, and measures the others', async () => {
    const { subscriptions, join, told, failures } = open();
    const [ann, ben, cem] = [join('ann'), join('ben'), join('cem')];
    subscriptions.published(camera(ann, 'TR_1'));
    ben.stats = () => Promise.reject(new Error('worker'));
    await round();
    expect(failures).toEqual(['measuring PA_ben']);
    expect(told(cem)).toEqual([[`PA_ann ${EXCELLENT}`, `PA_cem ${EXCELLENT}`]]);
  });
});
