import { SimulcastCodecInfo, TrackInfo, VideoLayer, VideoQuality } from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { layersFor, type Wanted, wantedQuality } from './layers.ts';
import { sourceOf } from './room.fixture.ts';

const { LOW, MEDIUM, HIGH } = VideoQuality;
const NOTHING: Wanted = { disabled: false, quality: HIGH, width: 0, height: 0, fps: 0, priority: 0 };

function info(heights: number[], width = 1280, height = 720): TrackInfo {
  return new TrackInfo({ width, height, layers: heights.map((one) => new VideoLayer({ height: one })) });
}

describe('the quality a subscriber asks for', () => {
  it.each([
    [180, LOW],
    [200, LOW],
    [202, MEDIUM],
    [400, MEDIUM],
    [402, HIGH],
    [5000, HIGH],
  ])('is, for %d lines of 180, 360 and 720, the least that is nine tenths of it: %d', (height, quality) => {
    const wanted = { ...NOTHING, width: 1, height };
    expect(wantedQuality(info([720, 180, 360]), 'video/vp8', wanted)).toBe(quality);
  });

  it('is the one named when it says no size', () => {
    expect(wantedQuality(info([180, 360]), 'video/vp8', { ...NOTHING, quality: MEDIUM })).toBe(MEDIUM);
  });

  it('is the better of two layers of one size', () => {
    expect(wantedQuality(info([360, 360]), 'video/vp8', { ...NOTHING, width: 1, height: 100 })).toBe(MEDIUM);
  });

  it('goes by usual sizes, upright pictures by their width, when the publisher says none', () => {
    const wanted = { ...NOTHING, width: 300, height: 900 };
    expect(wantedQuality(info([]), 'video/vp8', wanted)).toBe(HIGH);
    expect(wantedQuality(info([], 720, 1280), 'video/vp8', wanted)).toBe(MEDIUM);
    expect(wantedQuality(info([0], 0, 0), 'video/vp8', wanted)).toBe(HIGH);
  });

  it("goes by the sizes of the codec's own layers", () => {
    const own = new SimulcastCodecInfo({ mimeType: 'video/VP9', layers: [new VideoLayer({ height: 720 })] });
    const track = info([180, 360, 720]);
    track.codecs.push(own);
    expect(wantedQuality(track, 'video/vp9', { ...NOTHING, width: 1, height: 400 })).toBe(LOW);
    expect(wantedQuality(track, 'video/vp8', { ...NOTHING, width: 1, height: 400 })).toBe(MEDIUM);
  });
});

describe('the layers for a quality', () => {
  it.each([
    [['q', 'h', 'f'], 1, [0, 1, 2]],
    [['q', 'h'], 1, [0, 1, 1]],
    [['h', 'f'], 1, [0, 0, 1]],
    [['f'], 1, [0, 0, 0]],
    [['a', 'b', 'c'], 1, [0, 1, 2]],
    [[], 3, [0, 1, 2]],
    [[], 1, [0, 0, 0]],
  ])('of rids %j or %d layers in one stream are %j', (rids, svc, expected) => {
    const source = sourceOf('1', 'video/vp8', rids, svc);
    expect([LOW, MEDIUM, HIGH].map((quality) => layersFor(source, quality, 0).spatial)).toEqual(expected);
  });

  it('have fewer frames when fewer do', () => {
    const source = sourceOf('1', 'video/vp8', ['q', 'h', 'f']);
    expect([0, 7, 15, 24].map((fps) => layersFor(source, HIGH, fps).temporal)).toEqual([
      undefined,
      0,
      1,
      undefined,
    ]);
  });
});
