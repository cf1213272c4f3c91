import { Store } from './store.ts';

let context: AudioContext | undefined;
let watched = 0;

/** Measures how loud a stream is, ten times a second; the answer ends it. 0 is silence, 1 is full. */
export function watchLevel(stream: MediaStream, heard: (level: number) => void): () => void {
  if (stream.getAudioTracks().length === 0) return () => undefined;
  context ??= new AudioContext();
  const ctx = context;
  watched++;
  if (ctx.state !== 'running') void ctx.resume();
  const source = ctx.createMediaStreamSource(stream);
  const analyser = ctx.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    const rms = Math.sqrt(sum / samples.length);
    // From -60 dB to 0 dB, as ears hear it.
    heard(rms === 0 ? 0 : Math.min(1, Math.max(0, 1 + Math.log10(rms) / 3)));
  }, 100);
  return () => {
    clearInterval(timer);
    source.disconnect();
    // With nobody to listen to, the sound card may rest.
    if (--watched === 0) void ctx.suspend();
  };
}

/** Who is speaking: on after two loud moments, off after half a second of quiet. */
export class SpeakingWatch {
  readonly speaking = new Store(false);
  #loud = 0;
  #quiet = 0;

  heard(level: number): void {
    if (level > 0.45) {
      this.#quiet = 0;
      if (++this.#loud >= 2) this.speaking.set(true);
    } else {
      this.#loud = 0;
      if (++this.#quiet >= 5) this.speaking.set(false);
    }
  }
}
