import { type SubscribedQualityUpdate, VideoQuality } from '@livekit/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dynacast } from './dynacast.ts';
import { camera, FakeMember } from './room.fixture.ts';

const { LOW, MEDIUM, HIGH } = VideoQuality;

/** `vp8:110`: low and medium are wanted, high is not. */
function words(update: SubscribedQualityUpdate | undefined): string[] {
  return (update?.subscribedCodecs ?? []).map(
    ({ codec, qualities }) => `${codec}:${qualities.map((one) => (one.enabled ? 1 : 0)).join('')}`,
  );
}

describe('dynacast', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const ann = new FakeMember('ann');
    const track = camera(ann, 'TR_1');
    const dynacast = new Dynacast(track);
    dynacast.begins('video/vp8');
    return { dynacast, track, told: () => ann.heard('subscribedQualityUpdate').map(words), ann };
  }

  it('says nothing while all that is sent is wanted', () => {
    const { dynacast, told } = open();
    dynacast.want('video/vp8', undefined, HIGH);
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual([]);
  });

  it('says that nobody wants any of it, after a while', () => {
    const { told, ann } = open();
    vi.advanceTimersByTime(4999);
    expect(told()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told()).toEqual([['vp8:000']]);
    expect(ann.heard('subscribedQualityUpdate')[0]?.subscribedQualities.map((one) => one.enabled)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('takes the greatest wish, says less late and more at once', () => {
    const { dynacast, told } = open();
    dynacast.want('video/vp8', undefined, HIGH);
    dynacast.want('video/vp8', undefined, LOW);
    dynacast.want('video/vp8', HIGH, MEDIUM);
    vi.advanceTimersByTime(5000);
    expect(told()).toEqual([['vp8:110']]);
    dynacast.want('video/vp8', LOW, HIGH);
    expect(told()).toEqual([['vp8:110'], ['vp8:111']]);
  });

  it('says nothing of who looked away for a moment', () => {
    const { dynacast, told } = open();
    dynacast.want('video/vp8', undefined, HIGH);
    dynacast.want('video/vp8', HIGH, undefined);
    vi.advanceTimersByTime(3000);
    dynacast.want('video/vp8', undefined, HIGH);
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual([]);
  });

  it('asks for a further codec, the main one first', () => {
    const { dynacast, told } = open();
    dynacast.want('video/vp8', undefined, HIGH);
    dynacast.want('video/h264', undefined, MEDIUM);
    expect(told()).toEqual([['vp8:111', 'h264:110']]);
  });

  it('keeps quiet while the track is muted and says it again afterwards', () => {
    const { dynacast, track, told } = open();
    track.info.muted = true;
    vi.advanceTimersByTime(5000);
    expect(told()).toEqual([]);
    track.info.muted = false;
    dynacast.again();
    expect(told()).toEqual([['vp8:000']]);
  });
});
