import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserPrincipal } from '../identity/principal.ts';
import type { PeopleWorld } from '../users/people.fixture.ts';
import { peopleWorld } from '../users/people.fixture.ts';
import type { User } from '../users/user.ts';
import { groupSubject } from './subject.ts';

const service = { kind: 'service', key: 'hostkey', jti: 'j', expiresAt: 0 } as const;
const as = (user: User): UserPrincipal => ({ kind: 'user', user, jti: 'j', expiresAt: 0 });

let world: PeopleWorld;
let ann: User;
let bob: User;
let cy: User;
beforeEach(async () => {
  world = await peopleWorld();
  ann = await world.people.put('ann', {});
  bob = await world.people.put('bob', {});
  cy = await world.people.put('cy', {});
  await world.contacts.act('link', ann, bob);
});
afterEach(() => world.close());

const members = async (id: string) =>
  (await world.groups.get(service, id)).members.map((member) => member.uid);
const log = async (id: string) =>
  (await world.store.read.events.ofSubject(groupSubject(id), 0, 100)).map((event) => [
    event.type,
    event.data,
  ]);

describe('a person’s group', () => {
  it('is begun with contacts, and its events say so', async () => {
    const { group, owner } = await world.groups.create(as(ann), ' Team ', [bob, bob]);
    expect(owner?.uid).toBe('ann');
    expect(group.name).toBe('Team');
    expect(await members(group.id)).toEqual(['ann', 'bob']);
    expect(await log(group.id)).toEqual([
      ['group.created', { name: 'Team', members: ['ann', 'bob'], by: 'ann' }],
    ]);
    expect((await world.groups.of(bob)).map((view) => view.group.id)).toEqual([group.id]);
  });

  it('does not take in people who are no contacts: it is no way around the policy on calls', async () => {
    await expect(world.groups.create(as(ann), 'Team', [cy])).rejects.toMatchObject({
      code: 'forbidden',
      key: 'group.not_contact',
    });
    const { group } = await world.groups.create(as(ann), 'Team', []);
    await expect(world.groups.addMember(as(ann), group.id, cy)).rejects.toMatchObject({
      key: 'group.not_contact',
    });
    await world.contacts.act('block', bob, ann);
    await expect(world.groups.addMember(as(ann), group.id, bob)).rejects.toMatchObject({
      key: 'group.not_contact',
    });
  });

  it('is read by members, changed by its owner, left by anybody', async () => {
    const { group } = await world.groups.create(as(ann), 'Team', [bob]);
    await expect(world.groups.get(as(cy), group.id)).rejects.toMatchObject({ key: 'group.not_member' });
    await expect(world.groups.addMember(as(bob), group.id, cy)).rejects.toMatchObject({
      key: 'group.not_owner',
    });
    await expect(world.groups.removeMember(as(bob), group.id, ann)).rejects.toMatchObject({
      key: 'group.not_owner',
    });
    await expect(world.groups.remove(as(bob), group.id)).rejects.toMatchObject({ key: 'group.not_owner' });
    await world.groups.removeMember(as(bob), group.id, bob);
    expect(await members(group.id)).toEqual(['ann']);
  });

  it('passes to another member when its owner leaves, and ends with the last', async () => {
    const { group } = await world.groups.create(as(ann), 'Team', [bob]);
    await world.groups.removeMember(as(ann), group.id, ann);
    expect((await world.groups.get(service, group.id)).owner?.uid).toBe('bob');
    await world.groups.removeMember(as(bob), group.id, bob);
    await expect(world.groups.get(service, group.id)).rejects.toMatchObject({ key: 'group.unknown' });
    expect((await log(group.id)).map(([type]) => type)).toEqual([
      'group.created',
      'group.member_removed',
      'group.member_removed',
      'group.removed',
    ]);
  });

  it('passes on when its owner is deleted', async () => {
    const { group } = await world.groups.create(as(ann), 'Team', [bob]);
    await world.people.remove('ann');
    expect(await members(group.id)).toEqual(['bob']);
    expect((await world.groups.get(service, group.id)).owner?.uid).toBe('bob');
  });

  it('takes repeats in silence', async () => {
    const { group } = await world.groups.create(as(ann), 'Team', []);
    for (const _ of [1, 2]) await world.groups.addMember(as(ann), group.id, bob);
    for (const _ of [1, 2]) await world.groups.removeMember(as(ann), group.id, bob);
    expect(await log(group.id)).toHaveLength(3);
  });

  it('loses nobody when members are added at once', async () => {
    const people = await world.people.resolve(
      Array.from({ length: 6 }, (_, i) => `m${i}.`),
      true,
    );
    await world.groups.put(service, 'team', 'Team', [ann]);
    await Promise.all(people.map((person) => world.groups.addMember(service, 'team', person)));
    expect(await members('team')).toHaveLength(7);
    expect(await log('team')).toHaveLength(7);
  });
});

describe('a host application’s group', () => {
  it('is replaced as a whole, and has no owner', async () => {
    await world.groups.put(service, 'team', 'Team', [ann, bob]);
    const view = await world.groups.put(service, 'team', 'New', [bob, cy]);
    expect(view).toMatchObject({ group: { name: 'New', ownerId: null }, owner: undefined });
    expect(await members('team')).toEqual(['bob', 'cy']);
    expect(await log('team')).toEqual([
      ['group.created', { name: 'Team', members: ['ann', 'bob'], by: 'key:hostkey' }],
      ['group.updated', { name: 'New', members: ['bob', 'cy'], by: 'key:hostkey' }],
    ]);
  });

  it('stays when its last member goes', async () => {
    await world.groups.put(service, 'team', 'Team', [ann]);
    await world.groups.removeMember(as(ann), 'team', ann);
    expect(await members('team')).toEqual([]);
    await world.groups.remove(service, 'team');
    await expect(world.groups.get(service, 'team')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('has 500 members at most', async () => {
    const many = await world.people.resolve(
      Array.from({ length: 501 }, (_, i) => i + 1000),
      true,
    );
    await expect(world.groups.put(service, 'team', 'Team', many)).rejects.toMatchObject({
      key: 'group.full',
    });
  });
});
