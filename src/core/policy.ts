import type { Group } from '../ports/store/groups.ts';
import type { Queries } from '../ports/store.ts';
import type { Call, CallPolicy } from './calls/index.ts';
import { legOf } from './calls/index.ts';
import { forbidden, notFound } from './errors.ts';
import type { Principal, ServicePrincipal, UserPrincipal } from './identity/principal.ts';
import { numericUid } from './ids.ts';
import { hasBeenIn } from './meetings/access.ts';
import type { MemberStatus, Room } from './rooms/room.ts';
import { MEMBER, memberOf } from './rooms/room.ts';
import type { User } from './users/user.ts';

/**
 * Who may do and read what, for every door. What kind of token a route takes at all is the route's
 * access word; an administrator administrates people and is a user like any other to everything here.
 */

/** `contacts`: contacts and fellow members may call each other. `anyone`: whoever is not blocked. */
export type CallPolicyMode = 'contacts' | 'anyone';

type Asker = UserPrincipal | ServicePrincipal;

/** Services are bound by no policy between people: they act for anyone. */
export const isTrusted = (principal: Principal): boolean => principal.kind === 'service';

/** A user acts as itself; a service as whomever it names. Answers the one who acts. */
export function actingAs(principal: Asker, named: User): User {
  if (principal.kind === 'user' && principal.user.id !== named.id) throw forbidden('auth.not_yourself');
  return named;
}

/** Somebody's history and statistics are read by themselves or a service. */
export function mayReadOf(principal: Asker, owner: User): void {
  actingAs(principal, owner);
}

/** A call is read by whoever has been part of it, or a service. */
export function mayReadCall(principal: Asker, call: Call): void {
  if (principal.kind === 'user' && !legOf(call, principal.user.uid)) {
    throw forbidden('call.not_in_call', { callId: call.id });
  }
}

/** A room is read by whoever has a part in it, or a service. */
export function mayReadRoom(principal: Asker, room: Room): void {
  if (principal.kind === 'user' && !memberOf(room, principal.user.uid)) throw forbidden('room.not_member');
}

/** Whose rooms a list has: one's own, or all of them (undefined) for a service. */
export const roomsListed = (principal: Asker): number | undefined =>
  principal.kind === 'user' ? principal.user.id : undefined;

/** The creator or a service starts, ends and cancels a room. */
export function maySteerRoom(principal: Asker, room: Room): void {
  if (!steersRoom(principal, room)) throw forbidden('room.not_creator');
}

const steersRoom = (principal: Asker, room: Room): boolean =>
  principal.kind === 'service' || principal.user.id === room.creatorId;

/** Whoever is in a room asks others in if the room lets its members; the creator and services always. */
export function mayInviteTo(principal: Asker, room: Room): void {
  if (principal.kind === 'service' || steersRoom(principal, room)) return;
  const joined = memberOf(room, principal.user.uid)?.status === MEMBER.joined;
  if (!joined || !room.inviteOn) throw forbidden('room.no_invite');
}

/**
 * People set their own part to joined, rejected or left; the creator and services anybody's to
 * anything. Answers whether it is one of the latter; `member` as the request names them.
 */
export function maySetMember(
  principal: Asker,
  room: Room,
  member: string | number,
  status: MemberStatus,
): boolean {
  if (principal.kind === 'service' || steersRoom(principal, room)) return true;
  const { uid, id } = principal.user;
  if (uid !== member && String(id) !== String(member)) throw forbidden('auth.not_yourself');
  const own: readonly MemberStatus[] = [MEMBER.joined, MEMBER.rejected, MEMBER.left];
  if (!own.includes(status)) throw forbidden('room.not_creator');
  return false;
}

/** Who may call whom. A service may always; nobody may across a block. */
export function callPolicy(mode: CallPolicyMode): CallPolicy {
  return {
    async mayCall(queries, trusted, callerId, others) {
      if (trusted || others.length === 0) return;
      const allowed =
        mode === 'contacts'
          ? await queries.contacts.reachable(callerId, others)
          : await unblocked(queries, callerId, others);
      if (others.some((other) => !allowed.has(other))) throw forbidden('call.not_contact');
    },
  };
}

async function unblocked(queries: Queries, userId: number, others: readonly number[]): Promise<Set<number>> {
  const free = new Set<number>();
  for (const other of others) {
    if ((await queries.contacts.between(userId, other))?.state !== 'blocked') free.add(other);
  }
  return free;
}

/** Members see their group, and services every group. */
export function mayReadGroup(asker: Asker, group: Group): void {
  if (asker.kind === 'user' && !group.memberIds.includes(asker.user.id)) throw forbidden('group.not_member');
}

/** The owner or a service changes a group. */
export function mayWriteGroup(asker: Asker, group: Group): void {
  if (asker.kind === 'user' && group.ownerId !== asker.user.id) throw forbidden('group.not_owner');
}

/** The owner or a service removes a member; everybody may leave. */
export function mayRemoveMember(asker: Asker, group: Group, memberId: number): void {
  if (asker.kind === 'user' && asker.user.id === memberId) return;
  mayWriteGroup(asker, group);
}

/**
 * Being members together lets people call each other, so a user brings only accepted contacts into
 * a group; otherwise a group would be a way around `CALL_POLICY` and around blocks.
 */
export async function mayBringIn(queries: Queries, asker: Asker, people: readonly User[]): Promise<void> {
  if (asker.kind === 'service' || people.length === 0) return;
  const rows = await queries.contacts.of(asker.user.id);
  const accepted = new Set(rows.filter(({ state }) => state === 'accepted').map(({ otherId }) => otherId));
  const stranger = people.find((person) => !accepted.has(person.id));
  if (stranger) throw forbidden('group.not_contact', { uid: stranger.uid });
}

/**
 * Whose log somebody may follow: their calls', their rooms', their groups', that of meetings they have
 * been in. Others' are unknown to them. A pair's log is the host application's alone, for it says who has blocked whom.
 */
export async function mayFollow(queries: Queries, userId: number, subject: string): Promise<void> {
  const [kind = '', ...rest] = subject.split(':');
  if (kind === 'group' && (await queries.groups.get(rest.join(':')))?.memberIds.includes(userId)) return;
  if (/^call_[0-9a-z]{26}$/.test(subject)) {
    const call = await queries.calls.get(subject);
    if (call?.legs.some((leg) => leg.userId === userId)) return;
  }
  if (kind === 'room') {
    const room = await queries.rooms.get(rest.join(':'));
    if (room?.members.some((member) => member.userId === userId)) return;
  }
  const meeting = kind === 'meeting' ? numericUid(rest.join(':')) : undefined;
  if (meeting !== undefined && hasBeenIn(await queries.meetings.participant(meeting, userId))) return;
  throw notFound('event.no_subject');
}
