import type { WireLegState } from './protocol.ts';
import type { Participant, Person } from './types.ts';

/** The other people of a call. */
export class Roster {
  readonly #people = new Map<string, Participant>();
  readonly #video: boolean;

  constructor(video: boolean) {
    this.#video = video;
  }

  get all(): ReadonlyMap<string, Participant> {
    return this.#people;
  }
  get(uid: string): Participant | undefined {
    return this.#people.get(uid);
  }

  /** The participant of that person, made when new. */
  add(person: Person, state: WireLegState): Participant {
    const known = this.#people.get(person.uid);
    if (known) {
      // A name that is only the uid says less than what is known.
      if (person.name !== person.uid || person.avatarUrl) known.person = person;
      return known;
    }
    const fresh: Participant = {
      person,
      state,
      muted: false,
      videoOn: this.#video,
      sharing: false,
      quality: 'good',
    };
    this.#people.set(person.uid, fresh);
    return fresh;
  }

  joined(): string[] {
    return [...this.#people].flatMap(([uid, { state }]) => (state === 'joined' ? [uid] : []));
  }

  /** Somebody is still expected or there. */
  get alive(): boolean {
    return [...this.#people.values()].some(({ state }) => isPending(state) || state === 'joined');
  }
}

export const isPending = (state: WireLegState) => state === 'invited' || state === 'ringing';

/** Puts a track into a person's stream, in the place of an older one of its kind. */
export function putTrack(participant: Participant, track: MediaStreamTrack): void {
  participant.stream ??= new MediaStream();
  for (const old of participant.stream.getTracks()) {
    if (old.kind === track.kind && old !== track) participant.stream.removeTrack(old);
  }
  participant.stream.addTrack(track);
}
