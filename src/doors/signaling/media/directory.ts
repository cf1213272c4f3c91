import type { ParticipantInfo } from '@livekit/protocol';
import { ParticipantInfo_State as State, TrackSource } from '@livekit/protocol';
import type { Source } from './sources.ts';
import { wordOf } from './sources.ts';

/** A track as a client of this door is told of it. */
export interface KnownTrack {
  /** Whose: an identity of the room. */
  readonly identity: string;
  readonly source: Source | null;
  readonly muted: boolean;
}

/** Who is in the engine's room and what they publish, as the engine tells a member. */
export class Directory {
  readonly #members = new Map<string, ParticipantInfo>();

  note(infos: readonly ParticipantInfo[]): void {
    for (const info of infos) {
      if (info.state === State.DISCONNECTED) this.#members.delete(info.sid);
      else this.#members.set(info.sid, info);
    }
  }

  identityOf(memberSid: string): string | undefined {
    return this.#members.get(memberSid)?.identity;
  }

  track(sid: string): KnownTrack | undefined {
    for (const { identity, tracks } of this.#members.values()) {
      const track = tracks.find((one) => one.sid === sid);
      if (track) return { identity, source: wordOf(track.source ?? TrackSource.UNKNOWN), muted: track.muted };
    }
    return undefined;
  }
}
