import { Type } from 'typebox';
import type { GroupView } from '../../core/groups/index.ts';
import { NAME_MAX } from '../../core/users/index.ts';
import { OrNull, Time, time } from './envelope.ts';
import { Person, presentPerson, Uid } from './person.ts';

export const GroupId = Type.String({
  pattern: '^[A-Za-z0-9._:@-]{1,64}$',
  minLength: 1,
  maxLength: 64,
  examples: ['group_design'],
});
export const GroupName = Type.String({ minLength: 1, maxLength: NAME_MAX, examples: ['Design'] });
export const Members = Type.Array(Uid, { maxItems: 500 });

const common = {
  group_id: Type.String(),
  name: Type.String(),
  owner: OrNull(Type.String({ description: 'A uid; null in a group of the host application.' })),
  created_at: Time,
};

/** A group as the host application put it: members by uid. */
export const HostGroup = Type.Object({ ...common, members: Type.Array(Type.String()) });
/** A group as its members see it: members as people. */
export const MemberGroup = Type.Object({ ...common, members: Type.Array(Person) });

const presentCommon = ({ group, owner }: GroupView) => ({
  group_id: group.id,
  name: group.name,
  owner: owner?.uid ?? null,
  created_at: time(group.createdAt),
});

export const presentHostGroup = (view: GroupView) => ({
  ...presentCommon(view),
  members: view.members.map((member) => member.uid),
});

export const presentMemberGroup = (view: GroupView) => ({
  ...presentCommon(view),
  members: view.members.map(presentPerson),
});
