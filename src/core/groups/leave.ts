import type { Group } from '../../ports/store/groups.ts';
import type { User } from '../users/user.ts';
import type { GroupChange } from './change.ts';

/**
 * A member goes. An owner who goes hands the group to its first other member; a person's group that
 * nobody is left in ends, one of a host application stays until the host removes it.
 */
export function leave(group: Group, member: User, by: string): GroupChange {
  const gone = { type: 'group.member_removed', data: { uid: member.uid, by } };
  if (group.ownerId !== member.id) {
    return { events: [gone], write: (tx) => tx.groups.removeMember(group.id, member.id) };
  }
  const rest = group.memberIds.filter((id) => id !== member.id);
  const [heir] = rest;
  if (heir === undefined) {
    const removed = { type: 'group.removed', data: { by } };
    return { events: [gone, removed], write: (tx) => tx.groups.remove(group.id) };
  }
  return { events: [gone], write: (tx) => tx.groups.put({ ...group, ownerId: heir, memberIds: rest }) };
}
