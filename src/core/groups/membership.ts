import type { ServicePrincipal, UserPrincipal } from '../identity/principal.ts';
import { isTrusted } from '../policy.ts';
import { cleanName } from '../users/names.ts';
import type { People } from '../users/people.ts';
import type { Groups, GroupView } from './groups.ts';

/** What naming members by uid needs of the program. */
export interface MembershipApp {
  people: Pick<People, 'get' | 'resolve'>;
  groups: Groups;
}

type Asker = UserPrincipal | ServicePrincipal;

/** A host application's group: what is wrong with its name is said before anybody is provisioned for it. */
export async function putGroup(
  app: MembershipApp,
  asker: ServicePrincipal,
  groupId: string,
  given: { name: string; members: readonly string[] },
): Promise<GroupView> {
  const name = cleanName(given.name, 'name');
  return app.groups.put(asker, groupId, name, await app.people.resolve(given.members, true));
}

/** Whether there is such a group to be changed at all comes before anybody is provisioned for it. */
export async function addMember(
  app: MembershipApp,
  asker: Asker,
  groupId: string,
  uid: string,
): Promise<GroupView> {
  const view = await app.groups.get(asker, groupId);
  const [member] = await app.people.resolve([uid], isTrusted(asker));
  return member ? app.groups.addMember(asker, groupId, member) : view;
}

export async function removeMember(
  app: MembershipApp,
  asker: Asker,
  groupId: string,
  uid: string,
): Promise<void> {
  await app.groups.get(asker, groupId);
  await app.groups.removeMember(asker, groupId, await app.people.get(uid));
}
