import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callPolicy, mayFollow } from '../policy.ts';
import type { PeopleWorld } from '../users/people.fixture.ts';
import { peopleWorld } from '../users/people.fixture.ts';
import type { User } from '../users/user.ts';
import { contactSubject } from './subject.ts';

let world: PeopleWorld;
let ann: User;
let bob: User;
beforeEach(async () => {
  world = await peopleWorld();
  ann = await world.people.put('ann', { displayName: 'Ann' });
  bob = await world.people.put('bob', { displayName: 'Bob' });
});
afterEach(() => world.close());

const states = async (user: User) => (await world.contacts.list(user.id)).map((contact) => contact.state);
const log = async () => {
  const events = await world.store.read.events.ofSubject(contactSubject(ann.id, bob.id), 0, 100);
  return events.map((event) => [event.seq, event.type, event.data]);
};
const frames = () =>
  world.told.flatMap(({ topic, message }) =>
    topic === 'frame' && 'userId' in message && 'text' in message
      ? [{ userId: message.userId, ...JSON.parse(message.text) }]
      : [],
  );

describe('contacts', () => {
  it('are asked and accepted: both see it, the log has it, their sockets hear of it', async () => {
    await world.contacts.act('ask', ann, bob);
    expect([await states(ann), await states(bob)]).toEqual([['outgoing'], ['incoming']]);
    expect(frames()).toEqual([
      {
        userId: bob.id,
        type: 'contact:request',
        data: {
          uid: 'ann',
          senderInfo: { id: ann.id, username: 'Ann', avatar: '' },
          timestamp: '2025-11-09T15:00:00.000Z',
        },
      },
    ]);
    await world.contacts.act('accept', bob, ann);
    expect([await states(ann), await states(bob)]).toEqual([['accepted'], ['accepted']]);
    expect(frames().slice(1)).toMatchObject([
      { userId: ann.id, type: 'contact:accepted', data: { uid: 'bob' } },
      { userId: bob.id, type: 'contact:accepted', data: { uid: 'ann' } },
    ]);
    expect(await log()).toEqual([
      [1, 'contact.requested', { by: 'ann', other: 'bob' }],
      [2, 'contact.accepted', { by: 'bob', other: 'ann' }],
    ]);
  });

  it('are settled when both ask, even at once, and neither request is lost', async () => {
    await Promise.all([world.contacts.act('ask', ann, bob), world.contacts.act('ask', bob, ann)]);
    expect([await states(ann), await states(bob)]).toEqual([['accepted'], ['accepted']]);
    expect(await log()).toHaveLength(2);
  });

  it('take repeats in silence', async () => {
    for (const _ of [1, 2, 3]) await world.contacts.act('ask', ann, bob);
    for (const _ of [1, 2, 3]) await world.contacts.act('accept', bob, ann);
    for (const _ of [1, 2, 3]) await world.contacts.act('remove', ann, bob);
    for (const _ of [1, 2, 3]) await world.contacts.act('decline', bob, ann);
    expect(await log()).toHaveLength(3);
    expect(await states(bob)).toEqual([]);
  });

  it('cannot be oneself', async () => {
    await expect(world.contacts.act('ask', ann, ann)).rejects.toMatchObject({
      code: 'invalid',
      key: 'contact.self',
    });
  });

  it('show presence to accepted contacts only', async () => {
    const device = { id: 'd1', userId: bob.id, nodeId: 'n1', jti: null, userAgent: '', connectedAt: 1 };
    await world.store.transaction((tx) => tx.devices.add(device));
    await world.contacts.act('ask', ann, bob);
    expect(await world.contacts.list(ann.id)).toMatchObject([{ state: 'outgoing', online: false }]);
    await world.contacts.act('accept', bob, ann);
    expect(await world.contacts.list(ann.id)).toMatchObject([{ state: 'accepted', online: true }]);
    expect(await world.contacts.watchersOf(ann.id)).toEqual([bob.id]);
  });
});

describe('blocks', () => {
  it('are seen by the one who made them, and keep the other from asking', async () => {
    await world.contacts.act('link', ann, bob);
    await world.contacts.act('block', bob, ann);
    expect([await states(ann), await states(bob)]).toEqual([[], ['blocked']]);
    await expect(world.contacts.act('ask', ann, bob)).rejects.toMatchObject({ key: 'contact.refused' });
    await expect(world.contacts.act('ask', bob, ann)).rejects.toMatchObject({ key: 'contact.blocked' });
    await world.contacts.act('remove', ann, bob);
    expect(await states(bob)).toEqual(['blocked']);
    await world.contacts.act('remove', bob, ann);
    expect(await states(bob)).toEqual([]);
  });

  it('are in a log that the two cannot follow', async () => {
    await world.contacts.act('block', bob, ann);
    for (const user of [ann, bob]) {
      await expect(
        mayFollow(world.store.read, user.id, contactSubject(ann.id, bob.id)),
      ).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('of each other are two: lifting one leaves the other', async () => {
    await world.contacts.act('block', ann, bob);
    await world.contacts.act('block', bob, ann);
    expect([await states(ann), await states(bob)]).toEqual([['blocked'], ['blocked']]);
    await world.contacts.act('remove', ann, bob);
    expect([await states(ann), await states(bob)]).toEqual([[], ['blocked']]);
  });

  it('stand in the way of calls, under either policy, in a common group too', async () => {
    const service = { kind: 'service', key: 'k', jti: 'j', expiresAt: 0 } as const;
    await world.groups.put(service, 'team', 'Team', [ann, bob]);
    for (const mode of ['contacts', 'anyone'] as const) {
      const may = (trusted: boolean) => callPolicy(mode).mayCall(world.store.read, trusted, ann.id, [bob.id]);
      await expect(may(false)).resolves.toBeUndefined();
      await world.contacts.act('block', bob, ann);
      await expect(may(false)).rejects.toMatchObject({ code: 'forbidden', key: 'call.not_contact' });
      await expect(may(true)).resolves.toBeUndefined();
      await world.contacts.act('remove', bob, ann);
    }
  });
});

describe('the policy on calls', () => {
  const may = (mode: 'contacts' | 'anyone') =>
    callPolicy(mode).mayCall(world.store.read, false, ann.id, [bob.id]);

  it('lets contacts call each other, not strangers and not a pending request', async () => {
    await expect(may('contacts')).rejects.toMatchObject({ key: 'call.not_contact' });
    await world.contacts.act('ask', ann, bob);
    await expect(may('contacts')).rejects.toMatchObject({ key: 'call.not_contact' });
    await world.contacts.act('accept', bob, ann);
    await expect(may('contacts')).resolves.toBeUndefined();
  });

  it('lets anyone call anyone where the host has said so', async () => {
    await expect(may('anyone')).resolves.toBeUndefined();
  });
});
