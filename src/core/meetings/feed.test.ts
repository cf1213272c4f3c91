import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { User } from '../users/user.ts';
import { MeetingFeed } from './feed.ts';
import { as, type MeetingsWorld, meetingsWorld } from './meetings.fixture.ts';

let world: MeetingsWorld;
let feed: MeetingFeed;
let ann: User;
let bob: User;
let id: number;
beforeEach(async () => {
  world = await meetingsWorld();
  const { store, bus, failures } = world;
  feed = new MeetingFeed({ store, bus, failed: (_, error) => void failures.push(error) });
  [ann, bob] = [await world.person('ann'), await world.person('bob')];
  id = await world.begun(ann);
});
afterEach(async () => {
  feed.stop();
  await world.close();
});

let count = 0;

/** A socket that writes down what it is told. */
function connection(user: User) {
  const told: string[] = [];
  const seqs: number[] = [];
  const made = {
    meetingId: id,
    userId: user.id,
    sessionId: `ses_feed${++count}`,
    tell: ({ type, seq }: { type: string; seq: number }) => {
      told.push(type);
      seqs.push(seq);
    },
    frame: (text: string) => void told.push(`frame ${text}`),
    roomsChanged: () => void told.push('rooms'),
    cut: (reason: string) => void told.push(`cut ${reason}`),
  };
  return { ...made, told, seqs };
}

async function opened(user: User, after?: number) {
  const made = connection(user);
  await feed.open(made, after);
  return made;
}

/** Until the feed has told what is expected: it reads by itself when the bus says so. */
const telling = (told: readonly string[], expected: readonly string[]) =>
  vi.waitFor(() => expect(told).toEqual(expected), { interval: 5 });

describe('the feed', () => {
  it('tells from its opening on, in order, without gap or double', async () => {
    const first = await opened(ann);
    await world.join(id, bob);
    const second = await opened(ann);
    await world.meetings.raiseHand(as(bob), id, true);
    await world.meetings.say(as(bob), id, 'hi');
    await telling(second.told, ['meeting.hand', 'meeting.message']);
    await telling(first.told, ['meeting.joined', 'meeting.hand', 'meeting.message']);
    const { version } = await world.get(id);
    expect(first.seqs).toEqual([version - 2, version - 1, version]);
  });

  it('goes on after a number, page after page', async () => {
    for (let i = 0; i < 120; i++) {
      await world.meetings.raiseHand(as(ann), id, i % 2 === 0);
      await world.meetings.setMedia(as(ann), id, { audio: i % 2 === 0 });
    }
    const here = await opened(ann);
    const late = await opened(ann, 3);
    const { version } = await world.get(id);
    await vi.waitFor(() => expect(late.seqs.at(-1)).toBe(version), { interval: 5 });
    expect(late.seqs).toEqual(Array.from({ length: version - 3 }, (_, i) => i + 4));
    expect(here.told).toEqual([]);
  });

  it('reads the log once for all of a meeting’s sockets', async () => {
    const sockets = await Promise.all(Array.from({ length: 30 }, () => opened(ann)));
    await new Promise((resolve) => setImmediate(resolve));
    const read = vi.spyOn(world.store.read.events, 'ofSubject');
    await world.meetings.say(as(ann), id, 'hi');
    for (const { told } of sockets) await telling(told, ['meeting.message']);
    expect(read.mock.calls.length).toBeLessThanOrEqual(2);
    read.mockRestore();
  });

  it('tells who waits of nothing but their own way, and cuts off who is out', async () => {
    await world.meetings.update(as(ann), id, { settings: { waitingRoom: true } });
    await world.join(id, bob);
    const waiting = await opened(bob);
    await world.meetings.say(as(ann), id, 'not for you');
    feed.relay(id, bob.id, 'nor this');
    await world.meetings.add(as(ann), id, 'bob');
    await world.meetings.say(as(ann), id, 'for you');
    await telling(waiting.told, ['meeting.joined', 'meeting.message']);
    feed.relay(id, bob.id, 'hello');
    expect(waiting.told.at(-1)).toBe('frame hello');
    await world.meetings.removeParticipant(as(ann), id, 'bob');
    await vi.waitFor(() => expect(waiting.told.slice(3)).toEqual(['meeting.removed', 'cut removed']));
    feed.relay(id, bob.id, 'gone');
    await world.meetings.say(as(ann), id, 'without you');
    expect(waiting.told.at(-1)).toBe('cut removed');
  });

  it('ends with leaving and with the meeting', async () => {
    await world.join(id, bob);
    const [left, stays, closed] = [await opened(bob), await opened(ann), await opened(ann)];
    await world.meetings.leave(as(bob), id);
    await telling(left.told, ['meeting.left', 'cut left']);
    feed.close(closed);
    feed.close(closed);
    await world.meetings.end(as(ann), id);
    await telling(stays.told, ['meeting.left', 'meeting.ended', 'cut ended']);
    expect(closed.told).not.toContain('meeting.ended');
  });

  it('looks by itself when the bus has lost a hint', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { store, failures } = world;
      const deaf = { ...world.bus, publish: () => {}, subscribe: () => () => {} };
      const alone = new MeetingFeed({
        store,
        bus: { ...deaf, ping: async () => {}, close: async () => {} },
        failed: (_, error) => void failures.push(error),
      });
      const made = connection(ann);
      await alone.open(made);
      await world.meetings.say(as(ann), id, 'hi');
      expect(made.told).toEqual([]);
      vi.advanceTimersByTime(3_000);
      await telling(made.told, ['meeting.message']);
      alone.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});
