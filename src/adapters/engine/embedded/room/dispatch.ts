import {
  DisconnectReason,
  type LeaveRequest,
  type MuteTrackRequest,
  type Ping,
  Pong,
  RequestResponse_Reason as Reason,
  SessionDescription,
  type SignalRequest,
  SignalTarget,
  type TrickleRequest,
} from '@livekit/protocol';
import type { RoomMember } from './member.ts';
import { updateMetadata } from './metadata.ts';
import { answer } from './request-response.ts';
import { simulate } from './simulate.ts';
import { synced } from './synced.ts';

type Message = SignalRequest['message'];

/** One message of a client, to the part that it is for. What it throws ends the session. */
export function dispatch(member: RoomMember, message: Message): Promise<void> | void {
  const { subscriptions, data } = member.room.parts;
  switch (message.case) {
    case 'offer':
      return answerOffer(member, message.value);
    case 'answer':
      return member.peer?.subscriber.answer(message.value.sdp, message.value.id);
    case 'trickle':
      return trickle(member, message.value);
    case 'addTrack':
      return member.publishing.announce(message.value);
    case 'mute':
      return mute(member, message.value);
    case 'subscription':
      return subscriptions.update(member, message.value);
    case 'trackSetting':
      return subscriptions.settings(member, message.value);
    case 'subscriptionPermission':
      return subscriptions.permission(member, message.value);
    case 'leave':
      return leave(member, message.value);
    case 'syncState':
      return synced(member, message.value);
    case 'simulate':
      return simulate(member, message.value);
    case 'ping':
      return member.send({ case: 'pong', value: now(member) });
    case 'pingReq':
      return pong(member, message.value);
    case 'updateMetadata':
      return updateMetadata(member, message.value);
    case 'updateAudioTrack': {
      if (member.publishing.updateAudio(message.value)) return;
      return answer(member, Reason.NOT_FOUND, message);
    }
    case 'updateVideoTrack': {
      if (member.publishing.updateVideo(message.value)) return;
      return answer(member, Reason.NOT_FOUND, message);
    }
    case 'publishDataTrackRequest':
    case 'unpublishDataTrackRequest':
    case 'updateDataSubscription':
    case 'storeDataBlobRequest':
    case 'getDataBlobRequest':
      return data.signalled(member, message);
    case 'updateLayers':
      // Of old clients; what is sent is seen from the media itself.
      return;
    default:
      // Of a newer client: LiveKit passes over it, too.
      return;
  }
}

async function answerOffer(member: RoomMember, offer: SessionDescription): Promise<void> {
  const answer = await member.peer?.publisher.answer(offer.sdp);
  if (!answer || member.closed) return;
  const { sdp, midToTrack } = answer;
  // Clients wait for the answer with the id of their offer.
  member.send({
    case: 'answer',
    value: new SessionDescription({ type: 'answer', sdp, id: offer.id, midToTrackId: midToTrack }),
  });
}

/** The server's addresses are in its descriptions, and the client's are learned from its first packets. */
function trickle(member: RoomMember, asked: TrickleRequest): void {
  if (asked.candidateInit === '' || isObject(asked.candidateInit)) return;
  if (asked.target !== SignalTarget.PUBLISHER && asked.target !== SignalTarget.SUBSCRIBER) return;
  answer(member, Reason.UNCLASSIFIED_ERROR, { case: 'trickle', value: asked }, 'not a candidate');
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object';
  } catch {
    return false;
  }
}

function mute(member: RoomMember, asked: MuteTrackRequest): void {
  if (member.publishing.mute(asked.sid, asked.muted, false)) return;
  answer(member, Reason.NOT_FOUND, { case: 'mute', value: asked });
}

/** The reasons that a client may give; any other is its own will. */
const GIVEN = new Set([
  DisconnectReason.USER_UNAVAILABLE,
  DisconnectReason.USER_REJECTED,
  DisconnectReason.AGENT_ERROR,
]);

function leave(member: RoomMember, { reason }: LeaveRequest): void {
  member.end(GIVEN.has(reason) ? reason : DisconnectReason.CLIENT_INITIATED);
}

function pong(member: RoomMember, ping: Ping): void {
  const value = new Pong({ lastPingTimestamp: ping.timestamp, timestamp: now(member) });
  member.send({ case: 'pongResp', value });
}

const now = (member: RoomMember) => BigInt(member.room.options.clock.now());
