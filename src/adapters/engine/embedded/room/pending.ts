import type { TrackInfo } from '@livekit/protocol';
import { TrackType } from '@livekit/protocol';
import type { OfferedTrack } from '../media/types.ts';

interface Waiting {
  /** The first is next; the others were announced with the same id while it was still in use. */
  readonly infos: TrackInfo[];
  /** Its id is that of a track which is published now. */
  queued: boolean;
}

/** Tracks that were announced and have no media yet, by the client's id for them, in the order announced. */
export class Pending {
  readonly #waiting = new Map<string, Waiting>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Whether it has to wait until the track before it, of the same id, is gone. */
  add(cid: string, info: TrackInfo, inUse: boolean): 'ready' | 'queued' {
    this.#count++;
    const before = this.#waiting.get(cid);
    if (before) {
      before.infos.push(info);
      return 'queued';
    }
    this.#waiting.set(cid, { infos: [info], queued: inUse });
    return inUse ? 'queued' : 'ready';
  }

  /** A track announced twice under the same id before its media began keeps its sid. */
  sidOf(cid: string): string | undefined {
    return this.#waiting.get(cid)?.infos[0]?.sid;
  }

  bySid(sid: string): TrackInfo | undefined {
    return this.all().find((info) => info.sid === sid);
  }

  all(): TrackInfo[] {
    return [...this.#waiting.values()].flatMap(({ infos }) => infos);
  }

  /** By the client's id, by the id of one of its codecs. */
  exact(offered: OfferedTrack): string | undefined {
    if (offered.trackId === '') return undefined;
    if (this.#ready(offered.trackId)) return offered.trackId;
    for (const [cid, { infos, queued }] of this.#waiting) {
      if (!queued && infos[0]?.codecs.some((codec) => codec.cid === offered.trackId)) return cid;
    }
    return undefined;
  }

  /** The first of its kind: some browsers give a track another id when it is sent. */
  likely(offered: OfferedTrack): string | undefined {
    const type = offered.kind === 'audio' ? TrackType.AUDIO : TrackType.VIDEO;
    for (const [cid, { infos, queued }] of this.#waiting) {
      if (!queued && infos[0]?.type === type) return cid;
    }
    return undefined;
  }

  /** Its media begins. Others of the same id wait for its end. */
  take(cid: string): TrackInfo | undefined {
    const waiting = this.#waiting.get(cid);
    const info = waiting?.infos.shift();
    if (!waiting || !info) return undefined;
    this.#count--;
    if (waiting.infos.length === 0) this.#waiting.delete(cid);
    else waiting.queued = true;
    return info;
  }

  /** The track of this id is gone: the next one may begin, if there is one. */
  freed(cid: string): TrackInfo | undefined {
    const waiting = this.#waiting.get(cid);
    if (!waiting?.queued) return undefined;
    waiting.queued = false;
    return waiting.infos[0];
  }

  #ready(cid: string): boolean {
    const waiting = this.#waiting.get(cid);
    return waiting !== undefined && !waiting.queued;
  }
}
