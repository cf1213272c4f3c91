import { VideoQuality } from '@livekit/protocol';

/** The greatest quality anybody wants of a codec; undefined: nobody wants any. */
export type Most = VideoQuality | undefined;

const FALLING: readonly VideoQuality[] = [VideoQuality.HIGH, VideoQuality.MEDIUM, VideoQuality.LOW];

/** How many want which quality of which codec of one track: changes cost the same however many there are. */
export class Demand {
  readonly #counts = new Map<string, number[]>();

  /** The codec counts even when nobody wants it. */
  know(codec: string): void {
    if (!this.#counts.has(codec)) this.#counts.set(codec, [0, 0, 0]);
  }

  move(codec: string, from: Most, to: Most): void {
    this.know(codec);
    const counts = this.#counts.get(codec) ?? [];
    if (from !== undefined) counts[from] = (counts[from] ?? 0) - 1;
    if (to !== undefined) counts[to] = (counts[to] ?? 0) + 1;
  }

  most(): Map<string, Most> {
    const most = new Map<string, Most>();
    for (const [codec, counts] of this.#counts)
      most.set(
        codec,
        FALLING.find((quality) => (counts[quality] ?? 0) > 0),
      );
    return most;
  }
}
