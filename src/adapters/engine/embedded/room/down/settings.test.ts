import {
  SyncState,
  TrackSource,
  UpdateSubscription,
  UpdateTrackSettings,
  VideoQuality,
} from '@livekit/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { camera, type FakeDownlink, FakeRoom, microphone } from './room.fixture.ts';
import { openSubscriptions } from './subscriptions.ts';

const { LOW, MEDIUM, HIGH } = VideoQuality;

describe('track settings', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open(adaptiveStream = false) {
    const room = new FakeRoom();
    const subscriptions = openSubscriptions(room, {
      clock: { now: () => Date.now() },
      failed: (what) => expect.unreachable(what),
    });
    const [ann, ben] = [room.add('ann'), room.add('ben')];
    ben.adaptiveStream = adaptiveStream;
    subscriptions.activated(ben);
    const set = (asked: Partial<UpdateTrackSettings>) =>
      subscriptions.settings(ben, new UpdateTrackSettings({ trackSids: ['TR_1'], quality: HIGH, ...asked }));
    const subscribe = (yes: boolean) =>
      subscriptions.update(ben, new UpdateSubscription({ trackSids: ['TR_1'], subscribe: yes }));
    const link = () => ben.links('TR_1')[0] as FakeDownlink;
    const watched = () =>
      ann
        .heard('subscribedQualityUpdate')
        .at(-1)
        ?.subscribedQualities.filter((one) => one.enabled).length;
    return { room, subscriptions, ann, ben, set, subscribe, link, watched };
  }

  it('prefer layers by quality or size, stop and go on, and reach the publisher', () => {
    const { subscriptions, ann, set, link, watched } = open();
    subscriptions.published(camera(ann, 'TR_1'));
    expect(link().preferred).toBeUndefined();
    set({ quality: MEDIUM });
    expect(link().preferred).toEqual({ spatial: 1 });
    set({ width: 320, height: 180, fps: 10 });
    expect(link().preferred).toEqual({ spatial: 0, temporal: 1 });
    vi.advanceTimersByTime(5000);
    expect(watched()).toBe(1);
    set({ disabled: true });
    expect(link().paused).toBe(true);
    vi.advanceTimersByTime(5000);
    expect(watched()).toBe(0);
    set({ width: 1280, height: 720 });
    expect(link().paused).toBe(false);
    expect(link().preferred).toEqual({ spatial: 2 });
    expect(watched()).toBe(3);
  });

  it('are kept over re-subscription, and apply to a track that is not there yet', () => {
    const { subscriptions, ann, set, subscribe, link } = open();
    set({ disabled: true, quality: LOW, priority: 1 });
    subscriptions.published(camera(ann, 'TR_1'));
    expect(link()).toMatchObject({ paused: true, preferred: { spatial: 0 }, priority: 255 });
    subscribe(false);
    subscribe(true);
    expect(link()).toMatchObject({ paused: true, preferred: { spatial: 0 }, priority: 255 });
  });

  it('of an adaptive client begin low, and let it see each picture that begins', () => {
    const { subscriptions, ann, set, subscribe, link } = open(true);
    subscriptions.published(camera(ann, 'TR_1'));
    expect(link().preferred).toEqual({ spatial: 0 });
    set({ disabled: true });
    expect(link().paused).toBe(true);
    subscribe(false);
    subscribe(true);
    expect(link().paused).toBe(false);
  });

  it('stop sound too, and a screen comes before cameras', () => {
    const { subscriptions, ann, ben, set, link } = open();
    subscriptions.published(microphone(ann, 'TR_1'));
    set({ disabled: true });
    expect(link()).toMatchObject({ paused: true, preferred: undefined, priority: undefined });
    const screen = camera(ann, 'TR_2');
    screen.info.source = TrackSource.SCREEN_SHARE;
    subscriptions.published(screen);
    subscriptions.published(camera(ann, 'TR_3'));
    expect(['TR_2', 'TR_3'].map((sid) => ben.links(sid)[0]?.priority)).toEqual([2, undefined]);
  });

  it('of a muted track reach its publisher when it unmutes', () => {
    const { subscriptions, ann, subscribe, watched } = open();
    const track = camera(ann, 'TR_1');
    subscriptions.published(track);
    track.info.muted = true;
    subscriptions.muted(track);
    subscribe(false);
    vi.advanceTimersByTime(5000);
    expect(watched()).toBeUndefined();
    track.info.muted = false;
    subscriptions.muted(track);
    expect(watched()).toBe(0);
  });

  it('reach a publisher that was away when it comes back', () => {
    const { subscriptions, ann, set, watched } = open();
    subscriptions.published(camera(ann, 'TR_1'));
    set({ disabled: true });
    vi.advanceTimersByTime(5000);
    expect(watched()).toBe(0);
    ann.said.length = 0;
    subscriptions.synced(ann, new SyncState());
    expect(watched()).toBe(0);
  });

  it('fall short by the layers that others get, and wholly where nothing moves', () => {
    const { room, subscriptions, ann, ben, link } = open();
    const cem = room.add('cem');
    subscriptions.activated(cem);
    subscriptions.published(camera(ann, 'TR_1'));
    link().about.layers({ spatial: 0 });
    expect(subscriptions.shortfall(ben)).toBe(0);
    cem.links('TR_1')[0]?.about.layers({ spatial: 2 });
    expect(subscriptions.shortfall(ben)).toBe(2);
    link().about.layers(null);
    vi.advanceTimersByTime(2000);
    expect(subscriptions.shortfall(ben)).toBe(Number.POSITIVE_INFINITY);
  });
});
