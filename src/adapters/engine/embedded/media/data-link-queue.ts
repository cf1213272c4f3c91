/** First in, first out, without moving what is behind on each step. */
export class PayloadQueue {
  #items: (Buffer | undefined)[] = [];
  #first = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get empty(): boolean {
    return this.#first === this.#items.length;
  }

  add(payload: Buffer): void {
    this.#items.push(payload);
    this.#bytes += payload.length;
  }

  /** What was taken and could not be sent is the first again. */
  putBack(payload: Buffer): void {
    if (this.#first > 0) this.#items[--this.#first] = payload;
    else this.#items.unshift(payload);
    this.#bytes += payload.length;
  }

  take(): Buffer | undefined {
    const payload = this.#items[this.#first];
    if (!payload) return undefined;
    this.#items[this.#first++] = undefined;
    this.#bytes -= payload.length;
    if (this.#first > 512 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return payload;
  }

  clear(): void {
    this.#items = [];
    this.#first = 0;
    this.#bytes = 0;
  }
}
