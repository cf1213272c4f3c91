import type { ServicePrincipal, UserPrincipal } from '../identity/principal.ts';
import type { People } from '../users/people.ts';
import type { Groups, GroupView } from './groups.ts';

/** What naming members by uid needs of the program. */
export interface MembershipApp {
  people: Pick<People, 'get' | 'resolve'>;
  groups: Groups;
}

type Asker = UserPrincipal | ServicePrincipal;

/** Whether there is such a group to be changed at all comes before anybody is provisioned for it. */
export async function addMember(
  app: MembershipApp,
  asker: Asker,
  groupId: string,
  uid: string,
): Promise<GroupView> {
  const view = await app.groups.get(asker, groupId);
  const [member] = await app.people.resolve([uid], asker.kind === 'service');
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
