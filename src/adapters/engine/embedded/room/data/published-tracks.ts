import {
  DataTrackInfo,
  type PublishDataTrackRequest,
  PublishDataTrackResponse,
  RequestResponse_Reason as Reason,
  type UnpublishDataTrackRequest,
  UnpublishDataTrackResponse,
} from '@livekit/protocol';
import { newSid } from '../../ids.ts';
import { LIMITS } from '../../limits.ts';
import { answer } from '../request-response.ts';
import type { Member } from '../types.ts';
import { HANDLES } from './handles.ts';
import { validEncoding, validSchema } from './words.ts';

export interface DataTrack {
  readonly publisher: Member;
  readonly info: DataTrackInfo;
}

/** LiveKit's bound of a data track's name. */
const NAME_BYTES = 256;

/** The data tracks that members publish, by the handle that each publisher gave its own. */
export class PublishedTracks {
  readonly #tracks = new Map<Member, Map<number, DataTrack>>();
  readonly #bySid = new Map<string, DataTrack>();

  of(publisher: Member): readonly DataTrackInfo[] {
    return [...(this.#tracks.get(publisher)?.values() ?? [])].map(({ info }) => info.clone());
  }

  bySid(sid: string): DataTrack | undefined {
    return this.#bySid.get(sid);
  }

  byHandle(publisher: Member, handle: number): DataTrack | undefined {
    return this.#tracks.get(publisher)?.get(handle);
  }

  all(): Iterable<DataTrack> {
    return this.#bySid.values();
  }

  /** The new track; undefined: it was refused, and the client told why. */
  publish(publisher: Member, asked: PublishDataTrackRequest): DataTrack | undefined {
    const own = this.#tracks.get(publisher) ?? new Map<number, DataTrack>();
    const refusal = this.#refusal(publisher, asked, own);
    if (refusal) {
      const request = { case: 'publishDataTrack', value: asked } as const;
      answer(publisher, refusal.reason, request, refusal.message);
      return undefined;
    }
    const { pubHandle, name, encryption } = asked;
    const info = new DataTrackInfo({ pubHandle, sid: newSid('DTR_'), name, encryption });
    if (asked.frameEncoding) info.frameEncoding = asked.frameEncoding;
    if (asked.schema) info.schema = asked.schema;
    const track = { publisher, info };
    own.set(pubHandle, track);
    this.#tracks.set(publisher, own);
    this.#bySid.set(info.sid, track);
    const value = new PublishDataTrackResponse({ info: info.clone() });
    publisher.send({ case: 'publishDataTrackResponse', value });
    return track;
  }

  unpublish(publisher: Member, asked: UnpublishDataTrackRequest): DataTrack | undefined {
    const track = this.byHandle(publisher, asked.pubHandle);
    if (!track) {
      answer(publisher, Reason.NOT_FOUND, { case: 'unpublishDataTrack', value: asked });
      return undefined;
    }
    this.#tracks.get(publisher)?.delete(asked.pubHandle);
    this.#bySid.delete(track.info.sid);
    const value = new UnpublishDataTrackResponse({ info: track.info.clone() });
    publisher.send({ case: 'unpublishDataTrackResponse', value });
    return track;
  }

  /** All of them, of somebody who may not publish any more, or is gone. */
  remove(publisher: Member): DataTrack[] {
    const tracks = [...(this.#tracks.get(publisher)?.values() ?? [])];
    this.#tracks.delete(publisher);
    for (const { info } of tracks) this.#bySid.delete(info.sid);
    return tracks;
  }

  #refusal(
    publisher: Member,
    asked: PublishDataTrackRequest,
    own: ReadonlyMap<number, DataTrack>,
  ): { reason: Reason; message: string } | undefined {
    const { pubHandle, name } = asked;
    if (!publisher.permission.canPublishData) {
      return { reason: Reason.NOT_ALLOWED, message: 'does not have permission to publish data' };
    }
    if (pubHandle === 0 || pubHandle > HANDLES) {
      return { reason: Reason.INVALID_HANDLE, message: 'handle should be > 0 AND < 65536' };
    }
    if (name === '' || Buffer.byteLength(name) > NAME_BYTES) {
      const message = 'name should not be empty and should not exceed 256 characters';
      return { reason: Reason.INVALID_NAME, message };
    }
    if (!validEncoding(asked.frameEncoding) || !validSchema(asked.schema)) {
      const message = 'encoding identifier is empty or exceeds the maximum length';
      return { reason: Reason.INVALID_REQUEST, message };
    }
    if (own.has(pubHandle)) {
      return { reason: Reason.DUPLICATE_HANDLE, message: 'a data track with same handle already exists' };
    }
    if ([...own.values()].some(({ info }) => info.name === name)) {
      return { reason: Reason.DUPLICATE_NAME, message: 'a data track with same name already exists' };
    }
    if (own.size >= LIMITS.tracksPerMember) return { reason: Reason.LIMIT_EXCEEDED, message: '' };
    return undefined;
  }
}
