import { AudioFrame, AudioSource, VideoBufferType, VideoFrame, VideoSource } from '@livekit/rtc-node';

/** Sound and pictures that can be told apart from all others, and looked for in what arrives. */

const RATE = 48_000;
const FRAME = RATE / 100;

/** A tone that plays until it is stopped, in real time. */
export class Tone {
  readonly source = new AudioSource(RATE, 1);
  #playing = true;
  #sample = 0;

  constructor(hertz: number) {
    void this.#play(hertz);
  }

  async #play(hertz: number): Promise<void> {
    while (this.#playing) {
      const samples = new Int16Array(FRAME);
      for (let i = 0; i < FRAME; i++) {
        samples[i] = 12_000 * Math.sin((2 * Math.PI * hertz * this.#sample++) / RATE);
      }
      // Returns when there is room for the next one.
      await this.source.captureFrame(new AudioFrame(samples, RATE, 1, FRAME));
    }
  }

  async stop(): Promise<void> {
    this.#playing = false;
    await this.source.close();
  }
}

/** How much of the sound's power lies at this pitch, from 0 to 1 (Goertzel). */
export function shareAt(hertz: number, samples: Int16Array): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
  let [one, two, power] = [0, 0, 0];
  for (const sample of samples) {
    [one, two] = [sample + coefficient * one - two, one];
    power += sample * sample;
  }
  const at = one * one + two * two - coefficient * one * two;
  return power === 0 ? 0 : (2 * at) / (samples.length * power);
}

export const WIDTH = 320;
export const HEIGHT = 180;
const BAR = 40;
const STEP = 8;
const FPS = 15;

/** A bright bar that wanders to the right on a dark ground, fifteen times a second. */
export class Picture {
  readonly source = new VideoSource(WIDTH, HEIGHT);
  readonly #timer: NodeJS.Timeout;
  #frame = 0;

  constructor() {
    this.#timer = setInterval(() => this.#paint(), 1000 / FPS);
  }

  #paint(): void {
    const data = new Uint8Array((WIDTH * HEIGHT * 3) / 2).fill(128);
    data.fill(30, 0, WIDTH * HEIGHT);
    const left = (this.#frame++ * STEP) % WIDTH;
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < BAR; x++) data[y * WIDTH + ((left + x) % WIDTH)] = 220;
    }
    this.source.captureFrame(new VideoFrame(data, WIDTH, HEIGHT, VideoBufferType.I420));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.source.close();
  }
}

/** Where the bar begins in the picture, from 0 to 1; undefined where there is none of its width. */
export function barIn(frame: VideoFrame): number | undefined {
  const { width, height, data } = frame.convert(VideoBufferType.I420);
  const bright = Array.from({ length: width }, (_, x) => {
    let sum = 0;
    for (let y = 0; y < height; y++) sum += data[y * width + x] ?? 0;
    return sum / height > 125;
  });
  const share = bright.filter(Boolean).length / width;
  if (Math.abs(share - BAR / WIDTH) > 0.04) return undefined;
  const left = bright.findIndex((one, x) => one && !bright[(x + width - 1) % width]);
  return left < 0 ? undefined : left / width;
}

/** How far the bar went between two pictures, to the right, from 0 to 1. */
export const moved = (from: number, to: number): number => (to - from + 1) % 1;
