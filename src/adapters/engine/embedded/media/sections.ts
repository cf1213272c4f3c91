import type { ConsumedDownlink } from './downlink.ts';
import type { SentSection } from './sdp/offer.ts';

/** More that carry nothing than this, and the next ones are used again. */
const MOST_IDLE = 100;

/** One media section of what is offered to a subscriber; it keeps its mid for good. */
export interface OwnSection {
  readonly mid: string;
  readonly kind: 'audio' | 'video';
  state: SentSection['state'];
  downlink: ConsumedDownlink | undefined;
  /** The client has agreed to it being spare, so that something else may stand in it. */
  agreedSpare: boolean;
}

/** The media sections of one subscriber. Sections never go away; each track gets a new one, as long as they are few. */
export class Sections {
  readonly #all: OwnSection[] = [];
  #idle = 0;

  add(downlink: ConsumedDownlink): OwnSection {
    const { kind } = downlink.source;
    const spare = this.#all.find((each) => each.kind === kind && each.agreedSpare);
    if (spare) {
      this.#idle--;
      return Object.assign(spare, { state: 'sends-again', downlink, agreedSpare: false });
    }
    // The data channels have the first one.
    const mid = String(this.#all.length + 1);
    const section: OwnSection = { mid, kind, state: 'sends', downlink, agreedSpare: false };
    this.#all.push(section);
    return section;
  }

  free(section: OwnSection): void {
    section.downlink = undefined;
    section.state = this.#idle++ < MOST_IDLE ? 'inactive' : 'spare';
  }

  /** As they are to be offered now: those whose consumer is not there yet come with the next offer. */
  offered(): { sections: SentSection[]; sent: OwnSection[]; spare: OwnSection[] } {
    const sent = this.#all.filter(({ downlink }) => downlink?.consumer);
    return {
      sections: this.#all.map(({ mid, kind, state, downlink }) => {
        const rtp = downlink?.consumer?.rtpParameters;
        if (!rtp) return { mid, kind, state: state === 'spare' ? 'spare' : 'inactive', rtp, msid: undefined };
        return { mid, kind, state, rtp, msid: downlink.msid(state === 'sends-again') };
      }),
      sent,
      spare: this.#all.filter(({ state }) => state === 'spare'),
    };
  }

  get downlinks(): ConsumedDownlink[] {
    return this.#all.flatMap(({ downlink }) => downlink ?? []);
  }
}
