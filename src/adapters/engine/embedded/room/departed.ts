import { ParticipantInfo, ParticipantInfo_State } from '@livekit/protocol';

const KEPT = 256;

/** Who left lately: somebody whose signalling was interrupted meanwhile is told when it is back. */
export class Departed {
  readonly #lately: { at: number; info: ParticipantInfo }[] = [];

  add(at: number, { sid, identity, version }: ParticipantInfo): void {
    const info = new ParticipantInfo({ sid, identity, version, state: ParticipantInfo_State.DISCONNECTED });
    this.#lately.push({ at, info });
    if (this.#lately.length > KEPT) this.#lately.shift();
  }

  since(at: number): ParticipantInfo[] {
    return this.#lately.filter((each) => each.at >= at).map(({ info }) => info);
  }
}
