import { playVoice, setSpeaker } from './audio-out.ts';
import { Store } from './store.ts';

/** Part of a tone's period: from and to in seconds, and the notes that sound. */
interface Part {
  from: number;
  to: number;
  hertz: readonly number[];
}
interface Tone {
  period: number;
  parts: readonly Part[];
}

/** The tones of a Chinese exchange for the caller, and a ringtone of our own. */
export const tones = {
  ringback: { period: 5, parts: [{ from: 0, to: 1, hertz: [450] }] },
  busy: { period: 0.7, parts: [{ from: 0, to: 0.35, hertz: [450] }] },
  ringtone: {
    period: 3.2,
    parts: [
      { from: 0, to: 0.18, hertz: [659.3, 1318.5] },
      { from: 0.2, to: 0.38, hertz: [784, 1568] },
      { from: 0.4, to: 0.75, hertz: [987.8, 1975.5] },
      { from: 1, to: 1.18, hertz: [659.3, 1318.5] },
      { from: 1.2, to: 1.38, hertz: [784, 1568] },
      { from: 1.4, to: 1.75, hertz: [987.8, 1975.5] },
    ],
  },
  test: {
    period: 1.2,
    parts: [
      { from: 0, to: 0.3, hertz: [523.3] },
      { from: 0.35, to: 0.9, hertz: [784] },
    ],
  },
  knock: {
    period: 0.7,
    parts: [
      { from: 0, to: 0.18, hertz: [784] },
      { from: 0.22, to: 0.6, hertz: [587.3] },
    ],
  },
} satisfies Record<string, Tone>;

export type ToneName = keyof typeof tones;

/** True while the browser forbids sound until the person clicks. */
export const soundBlocked = new Store(false);

let context: AudioContext | undefined;
/** Tones that sound, or would if they were let. */
let sounding = 0;

/** Plays a tone over and over; the answer stops it. */
export function play(name: ToneName, volume: number): () => void {
  context ??= new AudioContext();
  const ctx = context;
  sounding++;
  if (ctx.state !== 'running') void unblock();
  const source = ctx.createBufferSource();
  source.buffer = render(ctx, tones[name]);
  // A looping buffer needs no timer, so a tab in the background rings evenly.
  source.loop = true;
  const gain = ctx.createGain();
  gain.gain.value = volume;
  source.connect(gain).connect(ctx.destination);
  source.start();
  let stopped = false;
  return () => {
    if (stopped) return;
    stopped = true;
    source.stop();
    gain.disconnect();
    if (--sounding === 0) soundBlocked.set(false);
  };
}

/** Plays the test tone once, on the loudspeaker of that id where the browser can choose. */
export function playTest(speaker: string): void {
  playOnce('test', speaker);
}

/** The same for any tone. */
export function playOnce(name: ToneName, speaker: string): void {
  context ??= new AudioContext();
  const ctx = context;
  const source = ctx.createBufferSource();
  source.buffer = render(ctx, tones[name]);
  const out = ctx.createMediaStreamDestination();
  source.connect(out);
  const element = new Audio();
  const stop = playVoice(element, out.stream);
  source.onended = stop;
  void setSpeaker(element, speaker);
  void ctx.resume();
  source.start();
}

/** Asks the browser to let sound through; only a click makes it say yes. */
export async function unblock(): Promise<void> {
  if (!context) return;
  const ctx = context;
  const watch = () => {
    if (ctx.state === 'running') soundBlocked.set(false);
  };
  ctx.addEventListener('statechange', watch, { once: true });
  // `resume` stays pending while sound is forbidden, so its state is looked at, not waited for.
  void ctx.resume();
  await Promise.resolve();
  // By then the tone may be over: nothing is blocked that nobody wants.
  setTimeout(() => soundBlocked.set(sounding > 0 && ctx.state !== 'running'), 250);
}

function render(ctx: AudioContext, tone: Tone): AudioBuffer {
  const rate = ctx.sampleRate;
  const buffer = ctx.createBuffer(1, Math.round(tone.period * rate), rate);
  const samples = buffer.getChannelData(0);
  for (const part of tone.parts) {
    const start = Math.round(part.from * rate);
    const length = Math.round((part.to - part.from) * rate);
    for (let i = 0; i < length && start + i < samples.length; i++) {
      const t = i / rate;
      // 10 ms in and out, so that nothing clicks.
      const edge = Math.min(1, t / 0.01, (length - i) / rate / 0.01);
      let sum = 0;
      for (const [n, hertz] of part.hertz.entries()) sum += Math.sin(2 * Math.PI * hertz * t) / (1 + n * 2);
      samples[start + i] = (samples[start + i] ?? 0) + sum * edge * 0.4;
    }
  }
  return buffer;
}
