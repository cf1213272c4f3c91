/** Between two people, while the one who is to get it has no device: frames, and their characters. */
const FRAMES = 64;
const CHARACTERS = 64 * 1024;

interface Frame {
  from: string;
  text: string;
}

/**
 * Relayed frames that wait for a device. Memory only: what a crash takes is negotiated again. The
 * first ones are kept, for a description is of no use without the candidates that followed it.
 */
export class Kept {
  readonly #frames = new Map<number, Frame[]>();

  add(to: number, from: string, text: string): void {
    const frames = this.#frames.get(to);
    if (!frames) {
      if (text.length <= CHARACTERS) this.#frames.set(to, [{ from, text }]);
      return;
    }
    let count = 1;
    let characters = text.length;
    for (const frame of frames) {
      if (frame.from !== from) continue;
      count += 1;
      characters += frame.text.length;
    }
    if (count <= FRAMES && characters <= CHARACTERS) frames.push({ from, text });
  }

  of(to: number): readonly string[] {
    return this.#frames.get(to)?.map((frame) => frame.text) ?? [];
  }

  drop(to: number): void {
    this.#frames.delete(to);
  }
}
