import type { Locator, Page } from 'playwright-core';
import { waitFor } from './wait-for.ts';

/** What lies on a video element right now. */
export interface Picture {
  frames: number;
  /** 0 is black, 255 white. */
  luminance: number;
  /** 0 for a picture of one colour. */
  variance: number;
}

/** What the connections of a page have received so far. */
export interface Received {
  /** One per connection that stands. */
  peers: { audioEnergy: number; localCandidate: string | undefined }[];
}

const SLOW_MACHINE_MS = 30_000;

/** Reads the picture from the pixels that the element shows. */
export function pictureOn(video: Locator): Promise<Picture> {
  return video.evaluate((element) => {
    const shown = element as HTMLVideoElement;
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
    const paper = canvas.getContext('2d', { willReadFrequently: true });
    if (!paper || shown.videoWidth === 0) return { frames: 0, luminance: 0, variance: 0 };
    paper.drawImage(shown, 0, 0, 64, 48);
    const { data } = paper.getImageData(0, 0, 64, 48);
    const light: number[] = [];
    for (let i = 0; i < data.length; i += 4) {
      light.push(0.2126 * (data[i] ?? 0) + 0.7152 * (data[i + 1] ?? 0) + 0.0722 * (data[i + 2] ?? 0));
    }
    const luminance = light.reduce((sum, one) => sum + one, 0) / light.length;
    const variance = light.reduce((sum, one) => sum + (one - luminance) ** 2, 0) / light.length;
    return { frames: shown.getVideoPlaybackQuality().totalVideoFrames, luminance, variance };
  });
}

/** Reads the statistics of every connection that stands. */
export async function received(page: Page): Promise<Received> {
  const peers = await page.evaluate(async () => {
    const standing = kept.peers.filter((peer) => peer.connectionState === 'connected');
    return Promise.all(
      standing.map(async (peer) => {
        const found = { audioEnergy: 0, localCandidate: undefined as string | undefined };
        const records = [...(await peer.getStats()).values()];
        for (const one of records) {
          if (one.type === 'inbound-rtp' && one.kind === 'audio')
            found.audioEnergy += one.totalAudioEnergy ?? 0;
          if (one.type === 'transport') {
            const pair = records.find(({ id }) => id === one.selectedCandidatePairId);
            found.localCandidate = records.find(({ id }) => id === pair?.localCandidateId)?.candidateType;
          }
        }
        return found;
      }),
    );
  });
  return { peers };
}

/** New frames keep being shown, and they are neither black nor of one colour. */
export async function sees(video: Locator, whose: string): Promise<void> {
  const first = await waitFor(
    async () => {
      const picture = await pictureOn(video);
      return picture.luminance > 10 && picture.variance > 50 ? picture : undefined;
    },
    { reason: `a picture of ${whose} that is not black`, timeoutMs: SLOW_MACHINE_MS, everyMs: 100 },
  );
  // Twice, for frames that keep growing are not one late burst.
  let { frames } = first;
  for (const _ of [1, 2]) {
    frames = await waitFor(
      async () => {
        const picture = await pictureOn(video);
        return picture.frames > frames + 3 ? picture.frames : undefined;
      },
      { reason: `more frames of ${whose} than ${frames}`, timeoutMs: SLOW_MACHINE_MS, everyMs: 100 },
    );
  }
}

/** On every connection of the page sound that is not silence keeps coming. */
export async function hears(page: Page, connections = 1): Promise<void> {
  const before = await standing(page, connections);
  await waitFor(
    async () => {
      const now = await standing(page, connections);
      return now.every((peer, i) => peer.audioEnergy > (before[i]?.audioEnergy ?? 0));
    },
    {
      reason: `sound on ${connections} connections: its energy must grow`,
      timeoutMs: SLOW_MACHINE_MS,
      everyMs: 100,
    },
  );
}

/** Nothing but silence arrives for as long as Chromium's microphone takes from one beep to the one after the next. */
export async function hearsNothing(page: Page): Promise<void> {
  const energy = async () => (await standing(page, 1))[0]?.audioEnergy;
  let before = await energy();
  await waitFor(
    async () => {
      const now = await energy();
      const same = now === before;
      before = now;
      return same;
    },
    { reason: 'silence: the energy of the sound must not grow', timeoutMs: SLOW_MACHINE_MS, everyMs: 2000 },
  );
}

async function standing(page: Page, connections: number): Promise<Received['peers']> {
  return waitFor(
    async () => {
      const { peers } = await received(page);
      return peers.length === connections ? peers : undefined;
    },
    { reason: `${connections} standing connections`, timeoutMs: SLOW_MACHINE_MS, everyMs: 100 },
  );
}
