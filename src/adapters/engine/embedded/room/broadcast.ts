import {
  DisconnectReason,
  type ParticipantInfo,
  ParticipantUpdate,
  type SignalResponse,
  ParticipantInfo_State as State,
} from '@livekit/protocol';
import type { RoomMember } from './member.ts';

/** From this protocol on, a client takes the next session of an identity for the end of the one before. */
const KNOWS_IDENTITIES = 12;

export const updateOf = (participants: ParticipantInfo[]): SignalResponse['message'] => ({
  case: 'update',
  value: new ParticipantUpdate({ participants }),
});

/**
 * Tells who is to know of a member. One message for all, so that it is encoded once. Of somebody
 * hidden only that member itself is told.
 */
export function tellOf(about: RoomMember, members: Iterable<RoomMember>, alsoItself: boolean): void {
  const info = about.info();
  const message = updateOf([info]);
  if (alsoItself && joined(about)) about.send(message);
  if (about.hidden) return;
  const replaced =
    info.state === State.DISCONNECTED && info.disconnectReason === DisconnectReason.DUPLICATE_IDENTITY;
  for (const member of members) {
    if (member === about || !joined(member)) continue;
    if (replaced && member.client.protocol >= KNOWS_IDENTITIES) continue;
    member.send(message);
  }
}

/** To the others as if it had left: it is hidden from now on. */
export function tellHidden(about: RoomMember, members: Iterable<RoomMember>): void {
  const { sid, identity, version } = about.info();
  const gone = about.info();
  Object.assign(gone, { sid, identity, version, state: State.DISCONNECTED, tracks: [], dataTracks: [] });
  const message = updateOf([gone]);
  for (const member of members) if (member !== about && joined(member)) member.send(message);
}

/** Before its join response a client takes no message. */
export const joined = (member: RoomMember) => member.state === State.JOINED || member.state === State.ACTIVE;
