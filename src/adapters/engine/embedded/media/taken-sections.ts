import type { ConsumedDownlink } from './downlink.ts';
import { carriedCodecs } from './sdp/carried.ts';
import type { Description, Section } from './sdp/types.ts';

type Kind = 'audio' | 'video';

/** A section of the client's offers in which it can be sent something; it keeps its mid for good. */
interface Taken {
  /** As it was offered last. */
  section: Section;
  downlink: ConsumedDownlink | undefined;
  /** The last offer would have something sent in it. */
  receives: boolean;
  /** The last answer said that nothing is sent, so that something else may be. */
  agreedFree: boolean;
  used: boolean;
}

/** In which section of a client's own offers each downlink is, and which ones wait for a section. */
export class TakenSections {
  readonly #all = new Map<string, Taken>();
  readonly #waiting = new Set<ConsumedDownlink>();

  get downlinks(): ConsumedDownlink[] {
    return [...this.#taken.map(({ downlink }) => downlink), ...this.#waiting];
  }

  get waits(): boolean {
    return this.#waiting.size > 0;
  }

  wait(downlink: ConsumedDownlink): void {
    this.#waiting.add(downlink);
  }

  /** Whether it had a section, which the client is to know. */
  remove(downlink: ConsumedDownlink): boolean {
    this.#waiting.delete(downlink);
    const taken = this.#taken.find((each) => each.downlink === downlink);
    if (taken) this.#all.set(taken.section.mid, { ...taken, downlink: undefined });
    return taken !== undefined;
  }

  /** Gives the free sections of an offer to those that wait; `sending` are those in which the client sends. */
  assign(offer: Description, sending: ReadonlySet<string>) {
    for (const section of offer.sections) this.#offered(section, sending.has(section.mid));
    const free = [...this.#all.values()].filter(isFree);
    // pion does not tell of a track in a section that has had one: new ones first.
    free.sort((a, b) => Number(a.used) - Number(b.used));
    const assigned: { section: Section; downlink: ConsumedDownlink }[] = [];
    for (const downlink of this.#waiting) {
      const at = free.findIndex(({ section }) => section.type === downlink.source.kind);
      const [found] = at < 0 ? [] : free.splice(at, 1);
      if (!found) continue;
      this.#waiting.delete(downlink);
      found.downlink = downlink;
      found.used = true;
      assigned.push({ section: found.section, downlink });
    }
    return assigned;
  }

  /** Everything that the client would be sent now. */
  sending(): { section: Section; downlink: ConsumedDownlink }[] {
    return this.#taken.filter(({ receives }) => receives);
  }

  /** The answer says that something is sent in these, and in no other. */
  agree(mids: ReadonlySet<string>): void {
    for (const [mid, taken] of this.#all) taken.agreedFree = !mids.has(mid);
  }

  /** How many sections there are too few for those that wait. */
  lacking(): Record<Kind, number> {
    const of = (kind: Kind) => {
      const waiting = [...this.#waiting].filter(({ source }) => source.kind === kind).length;
      const free = [...this.#all.values()].filter((each) => each.section.type === kind && isFree(each));
      return Math.max(0, waiting - free.length);
    };
    return { audio: of('audio'), video: of('video') };
  }

  get #taken(): (Taken & { downlink: ConsumedDownlink })[] {
    return [...this.#all.values()].flatMap((each) => {
      const { downlink } = each;
      return downlink ? [{ ...each, downlink }] : [];
    });
  }

  #offered(section: Section, sends: boolean): void {
    const known = this.#all.get(section.mid);
    const receives = takes(section);
    if (known) {
      // One that the client begins to publish in goes on with what it is sent, but gets nothing new.
      Object.assign(known, { section, receives: receives && (!sends || known.downlink !== undefined) });
      if (!known.receives) known.downlink?.withdraw();
    } else if (receives && !sends) {
      this.#all.set(section.mid, {
        section,
        receives,
        downlink: undefined,
        agreedFree: true,
        used: false,
      });
    }
  }
}

const isFree = ({ downlink, receives, agreedFree }: Taken) => !downlink && receives && agreedFree;

function takes(section: Section): boolean {
  const { type, rejected, direction } = section;
  if ((type !== 'audio' && type !== 'video') || rejected) return false;
  return (direction === 'recvonly' || direction === 'sendrecv') && carriedCodecs(section).length > 0;
}
