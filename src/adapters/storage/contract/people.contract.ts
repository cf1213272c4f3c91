import { describe, expect, it } from 'vitest';
import { AT, people, type Subject, uniqueUid } from './subject.ts';

export function peopleContract(subject: () => Subject): void {
  const store = () => subject().store;
  const some = async (count: number) => (await people(store(), count)).map((user) => user.id);

  describe('contacts', () => {
    it('are one row per pair, seen from either side', async () => {
      const [a = 0, b = 0] = await some(2);
      await store().transaction((tx) => tx.contacts.put(b, a, 'pending', b, AT));
      const { contacts } = store().read;
      expect(await contacts.between(a, b)).toEqual({ otherId: b, state: 'pending', byId: b, at: AT });
      expect(await contacts.of(b)).toEqual([{ otherId: a, state: 'pending', byId: b, at: AT }]);
      await store().transaction((tx) => tx.contacts.put(a, b, 'accepted', a, AT + 1));
      expect(await contacts.of(a)).toEqual([{ otherId: b, state: 'accepted', byId: a, at: AT + 1 }]);
      await store().transaction((tx) => tx.contacts.remove(b, a));
      expect(await contacts.between(a, b)).toBeUndefined();
      expect(await contacts.of(a)).toEqual([]);
    });

    it('say who may be reached: accepted or of one group, and nobody blocks', async () => {
      const [me = 0, friend = 0, asked = 0, mate = 0, blocked = 0, stranger = 0] = await some(6);
      await store().transaction(async (tx) => {
        await tx.contacts.put(me, friend, 'accepted', me, AT);
        await tx.contacts.put(me, asked, 'pending', me, AT);
        await tx.contacts.put(blocked, me, 'blocked', blocked, AT);
        const group = { id: uniqueUid(), name: 'g', ownerId: null, createdAt: AT };
        await tx.groups.put({ ...group, memberIds: [me, mate, blocked] });
      });
      const all = [friend, asked, mate, blocked, stranger];
      expect(await store().read.contacts.reachable(me, all)).toEqual(new Set([friend, mate]));
      expect(await store().read.contacts.reachable(friend, [me, mate])).toEqual(new Set([me]));
      expect(await store().read.contacts.reachable(me, [])).toEqual(new Set());
    });
  });

  describe('groups', () => {
    it('are replaced whole, and their members come and go', async () => {
      const [a = 0, b = 0, c = 0] = await some(3);
      const group = { id: uniqueUid(), name: 'Füchse 🦊', ownerId: a, memberIds: [b, a], createdAt: AT };
      await store().transaction((tx) => tx.groups.put(group));
      const { groups } = store().read;
      expect(await groups.get(group.id)).toEqual({ ...group, memberIds: [a, b] });
      await store().transaction((tx) => tx.groups.put({ ...group, name: 'Two', memberIds: [b, c] }));
      expect(await groups.get(group.id)).toEqual({ ...group, name: 'Two', memberIds: [b, c] });
      expect(await groups.of(a)).toEqual([]);
      await store().transaction(async (tx) => {
        await tx.groups.addMember(group.id, a);
        await tx.groups.addMember(group.id, a);
        await tx.groups.removeMember(group.id, b);
      });
      expect((await groups.of(a)).map((found) => found.memberIds)).toEqual([[a, c]]);
      await store().transaction((tx) => tx.groups.remove(group.id));
      expect(await groups.get(group.id)).toBeUndefined();
      expect(await groups.of(c)).toEqual([]);
    });
  });

  describe('devices', () => {
    const device = (userId: number, nodeId: string) => ({
      id: uniqueUid(),
      userId,
      nodeId,
      jti: 'token-1',
      userAgent: 'Mozilla/5.0 (ünïcode)',
      connectedAt: AT,
    });

    it('make people present on any node', async () => {
      const [a = 0, b = 0] = await some(2);
      const [here, there] = [uniqueUid(), uniqueUid()];
      const [one, two] = [device(a, here), device(a, there)];
      await store().transaction(async (tx) => {
        await tx.devices.add(one);
        await tx.devices.add(two);
      });
      const { devices } = store().read;
      expect(await devices.online([a, b])).toEqual(new Set([a]));
      expect(await devices.online([])).toEqual(new Set());
      await store().transaction((tx) => tx.devices.remove(a, one.id, here));
      expect(await devices.of(a)).toEqual([two]);
      // A device of the same id on another node, or of somebody else, is another one.
      await store().transaction((tx) => tx.devices.remove(a, two.id, here));
      await store().transaction((tx) => tx.devices.remove(b, two.id, there));
      expect(await store().transaction((tx) => tx.devices.removeOfNode(there))).toEqual([two]);
      expect(await devices.online([a])).toEqual(new Set());
    });

    it('of a node whose lease has run out are found, those of a living one are not', async () => {
      const [a = 0] = await some(1);
      const [alive, dead] = [uniqueUid(), uniqueUid()];
      const lost = device(a, dead);
      await store().transaction(async (tx) => {
        await tx.leases.take(alive, alive, AT, 10_000);
        await tx.leases.take(dead, dead, AT, 5_000);
        await tx.devices.add(device(a, alive));
        await tx.devices.add(lost);
      });
      const deadAt = async (now: number) =>
        (await store().read.devices.ofDeadNodes(now)).filter((found) => found.userId === a);
      expect(await deadAt(AT + 4_999)).toEqual([]);
      expect(await deadAt(AT + 5_000)).toEqual([lost]);
    });
  });

  describe('leases', () => {
    it('have one holder until they run out or are dropped', async () => {
      const name = uniqueUid();
      const take = (holder: string, now: number) =>
        store().transaction((tx) => tx.leases.take(name, holder, now, 100));
      expect(await take('a', 0)).toBe(true);
      expect(await take('b', 50)).toBe(false);
      expect(await take('a', 50)).toBe(true);
      expect(await take('a', 50)).toBe(true);
      expect(await take('b', 149)).toBe(false);
      expect(await take('b', 150)).toBe(true);
      const holder = () => store().transaction((tx) => tx.leases.holderOf(name));
      expect(await holder()).toBe('b');
      await store().transaction((tx) => tx.leases.drop(name, 'a'));
      expect(await take('a', 151)).toBe(false);
      await store().transaction((tx) => tx.leases.drop(name, 'b'));
      expect(await holder()).toBeUndefined();
      expect(await take('a', 151)).toBe(true);
    });

    it('go to one of many who come at once', async () => {
      const name = uniqueUid();
      const taken = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          store().transaction((tx) => tx.leases.take(name, `holder-${i}`, 0, 100)),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    });
  });
}
