import { gunzipSync } from 'node:zlib';
import type { SignalRequest } from '@livekit/protocol';
import { JoinRequest, WrappedJoinRequest, WrappedJoinRequest_Compression } from '@livekit/protocol';
import type { Origin } from './client-info.ts';
import { bounded } from './client-info.ts';
import type { JoinSaid } from './query.ts';
import { Refusal } from './refusal.ts';

/** LiveKit's greatest join request, unpacked. */
const GREATEST = 1024 * 1024;

/**
 * What a client with a single peer connection says: one message in the query, which may hold its
 * first tracks and its first offer. Throws a `Refusal`.
 */
export function joinRequest(text: string, origin: Origin): JoinSaid {
  const asked = parse(text);
  const settings = asked.connectionSettings;
  return {
    autoSubscribe: settings?.autoSubscribe ?? false,
    autoSubscribeDataTracks: settings?.autoSubscribeDataTrack ?? false,
    adaptiveStream: settings?.adaptiveStream ?? false,
    attributes: asked.participantAttributes,
    metadata: asked.metadata,
    publish: '',
    reconnect: asked.reconnect,
    sid: asked.reconnect ? asked.participantSid : '',
    client: bounded(asked.clientInfo, origin),
    singlePeer: true,
    first: firstMessages(asked),
  };
}

function firstMessages(asked: JoinRequest): SignalRequest['message'][] {
  const first: SignalRequest['message'][] = [];
  if (asked.syncState) first.push({ case: 'syncState', value: asked.syncState });
  for (const value of asked.addTrackRequests) first.push({ case: 'addTrack', value });
  if (asked.publisherOffer) first.push({ case: 'offer', value: asked.publisherOffer });
  return first;
}

function parse(text: string): JoinRequest {
  let wrapped: WrappedJoinRequest;
  try {
    wrapped = WrappedJoinRequest.fromBinary(Buffer.from(text, 'base64url'));
  } catch {
    throw new Refusal(400, 'cannot unmarshal wrapped join request');
  }
  const bytes = unpacked(wrapped);
  if (bytes.length > GREATEST) throw new Refusal(400, 'join request too large');
  try {
    return JoinRequest.fromBinary(bytes);
  } catch {
    throw new Refusal(400, 'cannot unmarshal join request');
  }
}

function unpacked({ compression, joinRequest: packed }: WrappedJoinRequest): Uint8Array {
  if (compression !== WrappedJoinRequest_Compression.GZIP) return packed;
  try {
    return gunzipSync(packed, { maxOutputLength: GREATEST });
  } catch (error) {
    const large = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Refusal(400, large ? 'join request too large' : 'cannot read decompressed join request');
  }
}
