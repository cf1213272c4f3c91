import { describe, expect, it } from 'vitest';
import { isPoor, qualityOf, sample, statsOf } from './stats.ts';

const report = (received: number, lost: number, bytes: number) => [
  { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.08 },
  { type: 'candidate-pair', nominated: false, state: 'succeeded', currentRoundTripTime: 9 },
  {
    type: 'inbound-rtp',
    kind: 'audio',
    bytesReceived: 500,
    packetsReceived: 50,
    packetsLost: 0,
    jitter: 0.01,
  },
  { type: 'outbound-rtp', kind: 'audio', bytesSent: 400, packetsSent: 40 },
  {
    type: 'inbound-rtp',
    kind: 'video',
    bytesReceived: bytes,
    packetsReceived: received,
    packetsLost: lost,
    frameWidth: 1280,
    frameHeight: 720,
    framesPerSecond: 30,
  },
  { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.05, packetsLost: 7 },
  { type: 'codec', kind: 'video', bytesReceived: 1e9 },
];

describe('statistics', () => {
  it('are read from the records that tell what this side sent and got', () => {
    const stats = statsOf(sample([report(100, 0, 1000)], 0));
    expect(stats.audio).toEqual({
      bytesSent: 400,
      bytesReceived: 500,
      packetsSent: 40,
      packetsReceived: 50,
      packetsLost: 0,
      jitter: 0.01,
      roundTripTime: 0.05,
    });
    expect(stats.video).toMatchObject({ frameWidth: 1280, frameHeight: 720, frameRate: 30, bitrate: 0 });
    expect(stats).toMatchObject({ latency: 80, packetLoss: 0, quality: 5 });
  });

  it('of several connections are their sum', () => {
    const { audio } = statsOf(sample([report(1, 0, 1), report(1, 0, 1)], 0));
    expect(audio).toMatchObject({ bytesSent: 800, packetsReceived: 100 });
  });

  it('tell loss and bitrate since the sample before', () => {
    const before = sample([report(100, 0, 1000)], 0);
    const now = sample([report(190, 10, 251_000)], 2000);
    expect(statsOf(now, before)).toMatchObject({ packetLoss: 10, video: { bitrate: 1000 } });
  });

  it('of a call without a picture have no video', () => {
    const audioOnly = report(1, 0, 1).filter((record) => record.kind !== 'video');
    expect(statsOf(sample([audioOnly], 0)).video).toBeUndefined();
  });

  it.each([
    [0, 20, 5],
    [2, 20, 4],
    [0, 400, 3],
    [10, 20, 2],
    [40, 20, 1],
    [0, 2000, 1],
  ])('with %f %% lost and %i ms are quality %i', (loss, latency, quality) => {
    expect(qualityOf(loss, latency)).toBe(quality);
  });

  it('are poor by loss or by delay', () => {
    expect(isPoor({ quality: 1, packetLoss: 6, latency: 10 })).toBe(true);
    expect(isPoor({ quality: 1, packetLoss: 0, latency: 401 })).toBe(true);
    expect(isPoor({ quality: 1, packetLoss: 5, latency: 400 })).toBe(false);
  });
});
