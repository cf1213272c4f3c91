import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Group } from '../../ports/store/groups.ts';
import type { Store } from '../../ports/store.ts';
import { notFound, ParleyError } from '../errors.ts';
import type { ServicePrincipal, UserPrincipal } from '../identity/principal.ts';
import { newGroupId } from '../ids.ts';
import { mayBringIn, mayReadGroup, mayRemoveMember, mayWriteGroup } from '../policy.ts';
import { cleanName } from '../users/names.ts';
import type { User } from '../users/user.ts';
import type { GroupChange, GroupPlan } from './change.ts';
import { changeGroup } from './change.ts';
import { leave } from './leave.ts';
import { groupSubject } from './subject.ts';

export interface GroupsDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
}

/** A group with the people in it, for presenters. */
export interface GroupView {
  group: Group;
  members: User[];
  /** Absent in a host application's group. */
  owner: User | undefined;
}

type Asker = UserPrincipal | ServicePrincipal;

const GREATEST_GROUP = 500;

/** Groups of people: members may call each other. Each change and its event commit together. */
export class Groups {
  readonly #deps: GroupsDeps;

  constructor(deps: GroupsDeps) {
    this.#deps = deps;
  }

  async get(asker: Asker, id: string): Promise<GroupView> {
    const group = await this.#deps.store.read.groups.get(id);
    if (!group) throw unknown(id);
    mayReadGroup(asker, group);
    return this.#view(group);
  }

  async of(user: User): Promise<GroupView[]> {
    const groups = await this.#deps.store.read.groups.of(user.id);
    return this.#views(groups);
  }

  /** A person begins a group and owns it. */
  async create(asker: UserPrincipal, name: string, members: readonly User[]): Promise<GroupView> {
    const now = this.#deps.clock.now();
    const id = newGroupId(now);
    const people = unique([asker.user, ...members]);
    const group = {
      id,
      name: cleanName(name, 'name'),
      ownerId: asker.user.id,
      memberIds: idsOf(people),
      createdAt: now,
    };
    await this.#change(id, async (_, queries) => {
      await mayBringIn(queries, asker, people.slice(1));
      return whole(group, people, asker, 'group.created');
    });
    return this.#view(group);
  }

  /** A host application's group: created, or its name and members replaced. */
  async put(asker: ServicePrincipal, id: string, name: string, members: readonly User[]): Promise<GroupView> {
    const now = this.#deps.clock.now();
    const people = unique(members);
    const memberIds = idsOf(people);
    await this.#change(id, (known) => {
      // An owner who is no longer a member owns nothing.
      const ownerId = known?.ownerId != null && memberIds.includes(known.ownerId) ? known.ownerId : null;
      const group = {
        id,
        name: cleanName(name, 'name'),
        ownerId,
        memberIds,
        createdAt: known?.createdAt ?? now,
      };
      if (known && isSame(known, group)) return undefined;
      return whole(group, people, asker, known ? 'group.updated' : 'group.created');
    });
    return this.get(asker, id);
  }

  async remove(asker: Asker, id: string): Promise<void> {
    await this.#change(id, (group) => {
      if (!group) throw unknown(id);
      mayWriteGroup(asker, group);
      const removed = { type: 'group.removed', data: { by: nameOf(asker) } };
      return { events: [removed], write: (tx) => tx.groups.remove(id) };
    });
  }

  /** A repeat changes nothing. */
  async addMember(asker: Asker, id: string, member: User): Promise<GroupView> {
    await this.#change(id, async (group, queries) => {
      if (!group) throw unknown(id);
      mayWriteGroup(asker, group);
      if (group.memberIds.includes(member.id)) return undefined;
      await mayBringIn(queries, asker, [member]);
      checkSize(group.memberIds.length + 1);
      const added = { type: 'group.member_added', data: { uid: member.uid, by: nameOf(asker) } };
      return { events: [added], write: (tx) => tx.groups.addMember(id, member.id) };
    });
    return this.get(asker, id);
  }

  /** Somebody who is no member is no member already: a repeat changes nothing. */
  async removeMember(asker: Asker, id: string, member: User): Promise<void> {
    await this.#change(id, (group) => {
      if (!group) throw unknown(id);
      mayRemoveMember(asker, group, member.id);
      return group.memberIds.includes(member.id) ? leave(group, member, nameOf(asker)) : undefined;
    });
  }

  async #change(id: string, plan: GroupPlan): Promise<void> {
    const { store, bus, clock } = this.#deps;
    if (await changeGroup(store, id, clock.now(), plan))
      bus.publish('committed', { subject: groupSubject(id) });
  }

  async #view(group: Group): Promise<GroupView> {
    const [view] = await this.#views([group]);
    if (!view) throw unknown(group.id);
    return view;
  }

  /** Everybody in all of them is looked up at once. */
  async #views(groups: readonly Group[]): Promise<GroupView[]> {
    const ids = [...new Set(groups.flatMap((group) => group.memberIds))];
    const users = await this.#deps.store.read.users.byIds(ids);
    const byId = new Map(users.filter((user) => user.status !== 'deleted').map((user) => [user.id, user]));
    return groups.map((group) => ({
      group,
      members: group.memberIds.flatMap((id) => byId.get(id) ?? []),
      owner: group.ownerId === null ? undefined : byId.get(group.ownerId),
    }));
  }
}

/** Name and members as a whole. */
function whole(group: Group, people: readonly User[], asker: Asker, type: string): GroupChange {
  checkSize(people.length);
  const data = { name: group.name, members: people.map((person) => person.uid), by: nameOf(asker) };
  return { events: [{ type, data }], write: (tx) => tx.groups.put(group) };
}

const isSame = (a: Group, b: Group) =>
  a.name === b.name &&
  a.ownerId === b.ownerId &&
  [...a.memberIds].sort().join() === [...b.memberIds].sort().join();

function checkSize(people: number): void {
  if (people > GREATEST_GROUP) throw new ParleyError('limit', 'group.full', { limit: GREATEST_GROUP });
}

const unknown = (id: string) => notFound('group.unknown', { groupId: id });
/** Who did it, in the log: a uid, or the API key of a service. */
const nameOf = (asker: Asker) => (asker.kind === 'user' ? asker.user.uid : `key:${asker.key}`);
const idsOf = (people: readonly User[]) => people.map((person) => person.id);
const unique = (people: readonly User[]) => [
  ...new Map(people.map((person) => [person.id, person])).values(),
];
