import type { User } from '../users/user.ts';
import { applyAll, newMember } from './apply.ts';
import type { RoomEvent } from './events.ts';
import { MEMBER, ROOM, type Room, type RoomRules } from './room.ts';
import { invitations } from './steps.ts';

/** A new room, its people looked up and checked against the policy. */
export interface Beginning {
  name: string;
  creator: User;
  /** No doubles, never the creator. */
  invitees: readonly { userId: number; uid: string; busy: boolean }[];
  callType: 0 | 1;
  inviteOn: boolean;
  maxMembers: number;
  channel: { id: string; type: number } | undefined;
}

/** A room begins: its creator is in it, and has until the room is given up to come with media. */
export function begin(
  { name, creator, invitees, callType, inviteOn, maxMembers, channel }: Beginning,
  now: number,
  rules: RoomRules,
): { before: Room; room: Room; events: readonly RoomEvent[] } {
  const before: Room = {
    id: 0,
    name,
    sourceChannelId: channel?.id ?? null,
    sourceChannelType: channel?.type ?? null,
    creatorId: creator.id,
    creator: creator.uid,
    callType,
    inviteOn,
    status: ROOM.waiting,
    maxMembers,
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    endedAt: null,
    emptyAt: now + rules.emptyRoomMs,
    version: 0,
    members: [{ ...newMember(creator.id, creator.uid, now), status: MEMBER.joined, joinTime: now }],
  };
  const events: RoomEvent[] = [{ type: 'room.created' }, ...invitations(invitees, now + rules.ringMs)];
  return { before, room: applyAll(before, events, now), events };
}
