import {
  type ICEServer,
  JoinResponse,
  ReconnectResponse,
  ServerInfo,
  ServerInfo_Edition,
} from '@livekit/protocol';
import { toCodecs } from '../codecs.ts';
import { joined } from './broadcast.ts';
import type { RoomMember } from './member.ts';
import type { LiveRoom } from './room.ts';

/** The LiveKit server whose behaviour this is. Clients branch on it: above 1.13.6 they publish SVC codecs another way. */
const VERSION = '1.13.5';
const PROTOCOL = 16;
const PING_INTERVAL_S = 5;
const PING_TIMEOUT_S = 15;

const serverInfo = (nodeId: string) =>
  new ServerInfo({ edition: ServerInfo_Edition.Standard, version: VERSION, protocol: PROTOCOL, nodeId });

export interface AnswerParts {
  readonly iceServers: ICEServer[];
  readonly nodeId: string;
}

export function joinResponse(room: LiveRoom, member: RoomMember, parts: AnswerParts): JoinResponse {
  const others = [...room.members()].filter((each) => each !== member && !each.hidden && joined(each));
  return new JoinResponse({
    room: room.proto(),
    participant: member.info(),
    otherParticipants: others.map((each) => each.info()),
    serverInfo: serverInfo(parts.nodeId),
    serverVersion: VERSION,
    iceServers: parts.iceServers,
    subscriberPrimary: member.subscriberPrimary,
    fastPublish: member.permission.canPublish,
    pingInterval: PING_INTERVAL_S,
    pingTimeout: PING_TIMEOUT_S,
    enabledPublishCodecs: toCodecs(member.publishable),
    sifTrailer: room.trailer,
  });
}

export function reconnectResponse(member: RoomMember, parts: AnswerParts): ReconnectResponse {
  return new ReconnectResponse({
    iceServers: parts.iceServers,
    serverInfo: serverInfo(parts.nodeId),
    lastMessageSeq: member.room.parts.data.lastSequence(member),
  });
}
