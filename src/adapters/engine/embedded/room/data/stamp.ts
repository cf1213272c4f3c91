import { type DataPacket, type DataPacket_Kind, ParticipantInfo_Kind } from '@livekit/protocol';
import type { Member } from '../types.ts';

/** For whom a packet is: those it names, or who may see measurements; undefined: for nobody. */
export type Audience = 'addressed' | 'metrics' | undefined;

/** The sender as the receivers see it, and everything else that a client is not believed, in place. */
export function stamp(packet: DataPacket, sender: Member, kind: DataPacket_Kind): Audience {
  const sid = sender.hidden ? '' : sender.sid;
  const identity = sender.hidden ? '' : sender.identity;
  packet.kind = kind;
  packet.participantSid = sid;
  const { value } = packet;
  let audience: Audience = 'addressed';
  if (value.case === 'user') {
    value.value.participantSid = sid;
    value.value.participantIdentity = identity;
    if (packet.destinationIdentities.length === 0) {
      packet.destinationIdentities = value.value.destinationIdentities;
    } else {
      value.value.destinationIdentities = packet.destinationIdentities;
    }
  } else if (value.case === 'transcription') {
    audience = isAgent(sender) ? 'addressed' : undefined;
  } else if (value.case === 'metrics') {
    audience = 'metrics';
  }
  if (!speaksForAnother(packet, sender)) packet.participantIdentity = identity;
  return audience;
}

/** An agent writes in the name of those whose words it has turned into text; it is marked as made by a machine. */
function speaksForAnother({ participantIdentity, value }: DataPacket, sender: Member): boolean {
  if (participantIdentity === '' || participantIdentity === sender.identity) return false;
  if (value.case === 'chatMessage' && isAgent(sender)) {
    value.value.generated = true;
    return true;
  }
  if (value.case !== 'streamHeader' || !isAgent(sender)) return false;
  const { contentHeader } = value.value;
  if (contentHeader.case !== 'textHeader') return false;
  contentHeader.value.generated = true;
  return true;
}

const isAgent = (member: Member) =>
  member.permission.agent || member.info().kind === ParticipantInfo_Kind.AGENT;
