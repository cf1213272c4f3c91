import {
  type DataBlob,
  type DataBlobKey,
  type GetDataBlobRequest,
  GetDataBlobResponse,
  RequestResponse_Reason as Reason,
  type StoreDataBlobRequest,
  StoreDataBlobResponse,
} from '@livekit/protocol';
import { answer } from '../request-response.ts';
import type { Member, RoomView } from '../types.ts';
import { validKey, validSchema } from './words.ts';

/** What members keep for others to fetch, as long as they are there. At most `limit` bytes of each; 0: none. */
export class Blobs {
  readonly #room: Pick<RoomView, 'byIdentity'>;
  readonly #limit: number;
  readonly #blobs = new Map<Member, Map<string, Kept>>();

  constructor(room: Pick<RoomView, 'byIdentity'>, limit: number) {
    this.#room = room;
    this.#limit = limit;
  }

  store(member: Member, asked: StoreDataBlobRequest): void {
    const refusal = this.#stored(member, asked);
    if (refusal) {
      refused(member, asked.requestId, refusal);
      return;
    }
    const value = new StoreDataBlobResponse({ requestId: asked.requestId });
    if (asked.blob?.key) value.key = asked.blob.key;
    member.send({ case: 'storeDataBlobResponse', value });
  }

  get(member: Member, asked: GetDataBlobRequest): void {
    const found = this.#found(asked);
    if ('reason' in found) {
      refused(member, asked.requestId, found);
      return;
    }
    const value = new GetDataBlobResponse({ requestId: asked.requestId, blob: found });
    member.send({ case: 'getDataBlobResponse', value });
  }

  left(member: Member): void {
    this.#blobs.delete(member);
  }

  #stored(member: Member, { blob }: StoreDataBlobRequest): Refusal | undefined {
    if (this.#limit === 0) return { reason: Reason.NOT_ALLOWED, message: 'data blob not enabled' };
    const word = blob?.key && wordOf(blob.key);
    if (!word) return { reason: Reason.INVALID_REQUEST, message: 'data blob is invalid' };
    const named = blob.key?.key;
    if (named?.case === 'schemaId' && !validSchema(named.value)) {
      const message = 'encoding identifier is empty or exceeds the maximum length';
      return { reason: Reason.INVALID_REQUEST, message };
    }
    if (blob.contents.length === 0) {
      return { reason: Reason.INVALID_REQUEST, message: 'data blob is empty' };
    }
    const own = this.#blobs.get(member) ?? new Map<string, Kept>();
    const bytes = word.length + blob.contents.length;
    let total = bytes;
    for (const [other, kept] of own) if (other !== word) total += kept.bytes;
    if (total > this.#limit) {
      return { reason: Reason.LIMIT_EXCEEDED, message: 'data blobs exceed the limit' };
    }
    own.set(word, { blob, bytes });
    this.#blobs.set(member, own);
    return undefined;
  }

  #found({ participantIdentity, key }: GetDataBlobRequest): Refusal | DataBlob {
    if (!key) return { reason: Reason.INVALID_REQUEST, message: 'data blob key is required' };
    const publisher = this.#room.byIdentity(participantIdentity);
    if (!publisher) return { reason: Reason.NOT_FOUND, message: 'participant not found' };
    const word = wordOf(key);
    const kept = word && this.#blobs.get(publisher)?.get(word);
    return kept ? kept.blob : { reason: Reason.NOT_FOUND, message: 'data blob not found' };
  }
}

interface Kept {
  readonly blob: DataBlob;
  readonly bytes: number;
}

interface Refusal {
  readonly reason: Reason;
  readonly message: string;
}

function refused(member: Member, requestId: number, { reason, message }: Refusal): void {
  answer(member, reason, { case: undefined }, message, requestId);
}

/** The key as a string, one byte a letter; undefined when it is empty or too long. */
function wordOf(key: DataBlobKey): string | undefined {
  const bytes = key.toBinary();
  return validKey(bytes) ? Buffer.from(bytes).toString('latin1') : undefined;
}
