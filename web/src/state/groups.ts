import { need } from './connection.ts';
import type { Group } from './sdk.ts';
import { Loader, Store } from './store.ts';

/** People who fit in one group call. */
export const CALL_SIZE = 6;

export const groups = new Loader<readonly Group[]>();

export function loadGroups(): Promise<void> {
  return groups.load(() => need().groups.list());
}

/** A group whose name is being asked for: made since the list was read. */
export const soughtGroup = new Store<string | undefined>(undefined);

export async function seekGroup(id: string): Promise<void> {
  if (groups.get().data?.some((g) => g.id === id)) return;
  soughtGroup.set(id);
  await loadGroups();
  if (soughtGroup.get() === id) soughtGroup.set(undefined);
}

export async function createGroup(name: string, uids: readonly string[]): Promise<Group> {
  const group = await need().groups.create(name, [...uids]);
  await loadGroups();
  return group;
}

export async function addMembers(id: string, uids: readonly string[]): Promise<void> {
  for (const uid of uids) await need().groups.addMember(id, uid);
  await loadGroups();
}

export async function removeMember(id: string, uid: string): Promise<void> {
  await need().groups.removeMember(id, uid);
  await loadGroups();
}
