import { describe, expect, it } from 'vitest';
import type { Invitation } from '../../../core/invitations/invitation.ts';
import type { Meeting } from '../../../core/meetings/meeting.ts';
import type { User } from '../../../core/users/user.ts';
import type { WaitingMail } from '../../../ports/store/mails.ts';
import { aMeeting, meetingsOn } from './meeting.fixture.ts';
import { AT, people, type Subject, uniqueUid } from './subject.ts';

export function invitationsContract(subject: () => Subject): void {
  const { store, insert } = meetingsOn(subject);
  const read = () => store().read;
  const put = (...invitations: Invitation[]) =>
    store().transaction((tx) => tx.invitations.insert(invitations));
  const invitation = ({ id: meetingId }: Meeting, more: Partial<Invitation>): Invitation => ({
    id: `inv_${uniqueUid()}`,
    meetingId,
    userId: null,
    email: null,
    by: null,
    at: AT,
    sequence: 0,
    state: 'invited',
    ...more,
  });
  const begin = async () => {
    const [host, guest] = (await people(store(), 2)) as [User, User];
    return { host, guest, meeting: await insert(aMeeting([host])) };
  };

  describe('invitations', () => {
    it('are read one by one, all of a meeting, and those that stand a page at a time', async () => {
      const { host, guest, meeting } = await begin();
      const { meeting: other } = await begin();
      const email = `${'x'.repeat(200)}@${uniqueUid()}.example`;
      const [a, b, c] = [
        invitation(meeting, { userId: guest.id, by: host.id }),
        invitation(meeting, { email, sequence: 7, state: 'withdrawn' }),
        invitation(meeting, { email: `李@${uniqueUid()}.example`, sequence: 2 }),
      ].sort((x, y) => (x.id < y.id ? -1 : 1)) as [Invitation, Invitation, Invitation];
      await put(a, b, c, invitation(other, { email, sequence: 30 }));
      const all = [a, b, c];
      const standing = all.filter(({ state }) => state === 'invited');
      expect(await read().invitations.of(meeting.id)).toEqual(all);
      expect(await read().invitations.get(meeting.id, a.id)).toEqual(a);
      expect(await read().invitations.get(other.id, a.id)).toBeUndefined();
      expect(await read().invitations.page(meeting.id, { limit: 10, offset: 0 })).toEqual(standing);
      expect(await read().invitations.page(meeting.id, { limit: 1, offset: 1 })).toEqual(standing.slice(1));
      expect([await read().invitations.count(meeting.id), await read().invitations.count(2 ** 40)]).toEqual([
        2, 0,
      ]);
      expect(await read().invitations.sequence(meeting.id)).toBe(7);
      expect(await read().invitations.sequence(2 ** 40)).toBe(0);
      const changed: Invitation = { ...a, at: AT + 1, by: null, sequence: 9, state: 'withdrawn' };
      await store().transaction((tx) => tx.invitations.update([changed]));
      expect(await read().invitations.get(meeting.id, a.id)).toEqual(changed);
    });

    it('are one for each person and each address of a meeting', async () => {
      const { guest, meeting } = await begin();
      const email = `one@${uniqueUid()}.example`;
      await put(invitation(meeting, { userId: guest.id }), invitation(meeting, { email }));
      await expect(put(invitation(meeting, { userId: guest.id }))).rejects.toThrow();
      await expect(put(invitation(meeting, { email }))).rejects.toThrow();
      expect(await read().invitations.count(meeting.id)).toBe(2);
    });

    it('are forgotten with the person, their address, and the meeting', async () => {
      const { guest, meeting } = await begin();
      const { meeting: other } = await begin();
      const email = `one@${uniqueUid()}.example`;
      const stays = invitation(other, { email: `two@${uniqueUid()}.example` });
      await put(invitation(meeting, { userId: guest.id }), invitation(other, { email }), stays);
      await store().transaction((tx) => tx.invitations.forget(guest.id, email));
      expect(await read().invitations.of(meeting.id)).toEqual([]);
      expect(await read().invitations.of(other.id)).toEqual([stays]);
      await store().transaction((tx) => tx.meetings.remove(other.id));
      expect(await read().invitations.of(other.id)).toEqual([]);
    });
  });

  describe('letters that wait', () => {
    // Times before everything else: tests share a database.
    let now = 1000;
    const mail = (more: Partial<WaitingMail> = {}): WaitingMail => ({
      id: `mail_${uniqueUid()}`,
      sealed: 'x'.repeat(100_000),
      createdAt: AT,
      nextAt: now,
      untilAt: AT + 1,
      tries: 0,
      ...more,
    });
    const insertMails = (...mails: WaitingMail[]) => store().transaction((tx) => tx.mails.insert(mails));
    const remove = ({ id }: WaitingMail) => store().transaction((tx) => tx.mails.remove(id));

    it('are due the longest waiting first, and gone when they are removed', async () => {
      now += 1000;
      const [late, early, later] = [mail(), mail({ nextAt: now - 10, tries: 3 }), mail({ nextAt: now + 1 })];
      await insertMails(late, early, later);
      expect(await read().mails.due(now, 10)).toEqual([early, late]);
      expect(await read().mails.due(now, 1)).toEqual([early]);
      expect(await read().mails.count()).toBeGreaterThanOrEqual(3);
      for (const each of [late, early, later]) await remove(each);
      expect(await read().mails.due(now + 1, 10)).toEqual([]);
    });

    it('are moved on by one of many who want to at once', async () => {
      now += 1000;
      const one = mail();
      await insertMails(one);
      const other = await subject().another();
      const to = { nextAt: now + 100, tries: 1 };
      const moved = await Promise.all(
        [store(), other, store(), other].map((from) => from.transaction((tx) => tx.mails.move(one, to))),
      );
      await other.close();
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await read().mails.due(now, 10)).toEqual([]);
      expect(await read().mails.due(now + 100, 10)).toEqual([{ ...one, ...to }]);
      await remove(one);
      expect(await store().transaction((tx) => tx.mails.move({ ...one, ...to }, to))).toBe(false);
    });
  });
}
