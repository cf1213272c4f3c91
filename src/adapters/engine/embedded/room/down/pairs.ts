import type { Member } from '../types.ts';

type Heard = (member: Member, publisher: Member, subscribed: boolean) => void;

/** Who gets at least one track of whom, readable from both sides. */
export class Pairs {
  readonly #subscribers = new Map<Member, Map<Member, number>>();
  readonly #publishers = new Map<Member, Set<Member>>();
  readonly #watching: Heard[] = [];

  watch(heard: Heard): void {
    this.#watching.push(heard);
  }

  add(member: Member, publisher: Member): void {
    const subscribers = this.#subscribers.get(publisher) ?? new Map<Member, number>();
    this.#subscribers.set(publisher, subscribers);
    const count = subscribers.get(member) ?? 0;
    subscribers.set(member, count + 1);
    if (count > 0) return;
    const publishers = this.#publishers.get(member) ?? new Set();
    this.#publishers.set(member, publishers.add(publisher));
    this.#tell(member, publisher, true);
  }

  remove(member: Member, publisher: Member): void {
    const subscribers = this.#subscribers.get(publisher);
    const count = subscribers?.get(member) ?? 0;
    if (subscribers === undefined || count === 0) return;
    if (count > 1) {
      subscribers.set(member, count - 1);
      return;
    }
    subscribers.delete(member);
    if (subscribers.size === 0) this.#subscribers.delete(publisher);
    const publishers = this.#publishers.get(member);
    publishers?.delete(publisher);
    if (publishers?.size === 0) this.#publishers.delete(member);
    this.#tell(member, publisher, false);
  }

  has(member: Member, publisher: Member): boolean {
    return this.#subscribers.get(publisher)?.has(member) ?? false;
  }

  subscribersOf(publisher: Member): Iterable<Member> {
    return this.#subscribers.get(publisher)?.keys() ?? [];
  }

  publishersOf(member: Member): Iterable<Member> {
    return this.#publishers.get(member) ?? [];
  }

  #tell(member: Member, publisher: Member, subscribed: boolean): void {
    for (const heard of this.#watching) heard(member, publisher, subscribed);
  }
}
