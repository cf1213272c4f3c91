import type { Member } from '../types.ts';

/** Who sends faster than those who receive it can take, and is made to wait meanwhile. */
export class Waits {
  readonly #waiting = new Map<Member, number>();

  /** The sender is held until the receiver has caught up, or is not waited for any more. */
  add(sender: Member, caughtUp: Promise<boolean>): void {
    const now = this.#waiting.get(sender) ?? 0;
    this.#waiting.set(sender, now + 1);
    if (now === 0) hold(sender, true);
    void caughtUp.then(() => this.#less(sender));
  }

  #less(sender: Member): void {
    const left = (this.#waiting.get(sender) ?? 0) - 1;
    if (left > 0) {
      this.#waiting.set(sender, left);
      return;
    }
    this.#waiting.delete(sender);
    if (!sender.closed) hold(sender, false);
  }
}

/** Clients may have channels of their own on either connection. */
function hold({ peer }: Member, held: boolean): void {
  peer?.publisher.data.hold(held);
  peer?.subscriber.data.hold(held);
}
