import { describe, expect, it } from 'vitest';
import { type MeetingMessage, subjectOf } from '../../../core/meetings/meeting.ts';
import type { User } from '../../../core/users/user.ts';
import type { Store } from '../../../ports/store.ts';
import { aMeeting, meetingsOn } from './meeting.fixture.ts';
import { AT, people, type Subject } from './subject.ts';

export function messagesContract(subject: () => Subject): void {
  const { store, insert } = meetingsOn(subject);
  const read = () => store().read.messages;
  const begin = async () => {
    const [a] = (await people(store(), 1)) as [User];
    return { a, meeting: await insert(aMeeting([a], { status: 'ongoing' })) };
  };
  const message = (meetingId: number, { id, uid }: User, content: string): MeetingMessage => ({
    id: 0,
    meetingId,
    userId: id,
    uid,
    content,
    at: AT,
  });

  describe('messages of meetings', () => {
    it('are answered with their numbers and read from either end', async () => {
      const { a, meeting } = await begin();
      const { meeting: another } = await begin();
      const said: MeetingMessage[] = [];
      for (const content of ['one', '第二\n😀', 'three', 'x'.repeat(4000)]) {
        const fresh = message(meeting.id, a, content);
        const written = await store().transaction((tx) => tx.messages.insert(fresh));
        expect(written).toEqual({ ...fresh, id: expect.any(Number) });
        expect(written.id).toBeGreaterThan(said.at(-1)?.id ?? 0);
        said.push(written);
      }
      await store().transaction((tx) => tx.messages.insert(message(another.id, a, 'elsewhere')));
      const page = { limit: 10, offset: 0 };
      expect(await read().page(meeting.id, page)).toEqual(said);
      expect(await read().page(meeting.id, { limit: 2, offset: 1 })).toEqual(said.slice(1, 3));
      expect(await read().page(meeting.id, { limit: 1, offset: 1 }, said[0]?.id)).toEqual([said[2]]);
      expect(await read().latest(meeting.id, 2)).toEqual([said[3], said[2]]);
      expect(await read().latest(meeting.id, 10, said[2]?.id)).toEqual([said[1], said[0]]);
      expect([await read().count(meeting.id), await read().count(2 ** 40)]).toEqual([4, 0]);
    });

    it('of many at once each have their number, in the order of their events', async () => {
      const { a, meeting } = await begin();
      const other = await subject().another();
      const subject_ = subjectOf(meeting.id);
      const say = (from: Store, content: string) =>
        from.transaction(async (tx) => {
          const seq = await tx.meetings.bump(meeting.id);
          if (seq === undefined) throw new Error('the meeting is over');
          const { id } = await tx.messages.insert(message(meeting.id, a, content));
          await tx.events.append([{ subject: subject_, seq, type: 'meeting.message', at: AT, data: { id } }]);
          return { id, content };
        });
      const said = await Promise.all(
        Array.from({ length: 24 }, (_, i) => say(i % 2 ? store() : other, `message ${i}`)),
      );
      await other.close();
      const stored = await read().page(meeting.id, { limit: 100, offset: 0 });
      const byId = (x: { id: number }, y: { id: number }) => x.id - y.id;
      expect(stored.map(({ id, content }) => ({ id, content }))).toEqual([...said].sort(byId));
      const events = await store().read.events.ofSubject(subject_, 0, 100);
      expect(events.map(({ data }) => data)).toEqual(stored.map(({ id }) => ({ id })));
    });
  });
}
