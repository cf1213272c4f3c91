import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeEngine } from '../../adapters/engine/fake.ts';
import { as, type MeetingsWorld, meetingsWorld, outcome, service } from '../meetings/meetings.fixture.ts';
import type { Meetings } from '../meetings/meetings.ts';
import type { User } from '../users/user.ts';
import { Breakouts } from './breakouts.ts';
import type { RoundAsk } from './plan.ts';

let world: MeetingsWorld;
let breakouts: Breakouts;
beforeAll(async () => {
  world = await meetingsWorld();
  breakouts = over(world.meetings);
});
afterAll(() => world.close());

const over = (meetings: Pick<Meetings, 'together'>, store = world.store) => {
  const { bus, people, failures } = world;
  return new Breakouts({ store, bus, people, meetings, failed: (_, error) => void failures.push(error) });
};

let count = 0;

/** A meeting that its host, a moderator and three more are in. */
async function scene() {
  const n = ++count;
  const person = (name: string) => world.person(`${name}${n}`);
  const [host, mod, ann, ben, cy, stranger] = [
    await person('host'),
    await person('mod'),
    await person('ann'),
    await person('ben'),
    await person('cy'),
    await person('stranger'),
  ] as const;
  const id = await world.begun(host);
  for (const user of [mod, ann, ben, cy]) {
    await world.join(id, user);
    await world.socket(id, user);
  }
  await world.meetings.setRole(as(host), id, mod.uid, 'moderator');
  return { id, host, mod, ann, ben, cy, stranger };
}

/** Two rooms: the first of Ann, the second of Ben; nobody said anything of Cy. */
async function apart(more: Partial<RoundAsk> = {}) {
  const made = await scene();
  const { id, host, ann, ben } = made;
  const rooms = [
    { name: 'Red', userIds: [ann.id] },
    { name: 'Blue', userIds: [ben.id] },
  ];
  const view = await breakouts.open(as(host), id, { rooms, assign: 'manual', ...more });
  const [red, blue] = view.rooms.map((room) => room.id);
  if (!red || !blue) throw new Error('a room is missing');
  return { ...made, red, blue };
}

/** Comes in and stays. */
async function enter(room: number, user: User): Promise<string> {
  const came = await outcome(world.join(room, user));
  if (came === 'ok') await world.socket(room, user);
  return came;
}

async function later(ms: number) {
  await world.later(ms);
  await breakouts.sweep();
}

const status = async (id: number) => (await world.get(id)).status;
const placesOf = async (asker: User, id: number) =>
  Object.fromEntries(
    (await breakouts.get(as(asker), id)).rooms.map(({ name, participants }) => [
      name,
      participants.map(({ uid }) => uid.replace(/\d+$/, '')),
    ]),
  );

describe('rooms that open', () => {
  it('go on at once, and let in those who have a place there, and those who run the meeting', async () => {
    const { id, red, blue, host, mod, ann, ben, cy, stranger } = await apart();
    expect([await status(red), await status(blue)]).toEqual(['ongoing', 'ongoing']);
    expect(await enter(red, ann)).toBe('ok');
    for (const user of [ben, cy, stranger]) expect(await enter(red, user)).toBe('breakout.other_room');
    expect([await enter(red, host), await enter(blue, mod), await enter(blue, host)]).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
    expect(await world.roles(red)).toMatchObject({ [host.uid]: 'host', [mod.uid]: 'moderator' });
    expect(await placesOf(cy, id)).toEqual({ Red: ['host', 'ann'], Blue: ['host', 'mod', 'ben'] });
    expect((await breakouts.get(as(ann), id)).own).toBe(red);
    expect((await world.events(id)).at(-1)).toMatchObject({
      type: 'meeting.breakouts_opened',
      data: {
        by: host.id,
        closes_at: null,
        rooms: [
          { meeting_id: red, name: 'Red', user_ids: [ann.id] },
          { meeting_id: blue, name: 'Blue', user_ids: [ben.id] },
        ],
      },
    });
  });

  it('are no meetings of anybody’s lists or of the totals, but what is done in them counts', async () => {
    const before = await world.store.read.meetingSessions.totals();
    const { id, red, host, ann } = await apart();
    await enter(red, ann);
    await world.meetings.say(as(ann), red, 'only here');
    const page = { limit: 100, offset: 0 };
    const { meetings, total } = await world.meetings.mine(as(ann), { as: 'all' }, page);
    expect([meetings.map((one) => one.id), total]).toEqual([[id], 1]);
    const everything = await world.meetings.list(service, {}, page);
    expect(everything.meetings.map((one) => one.id)).not.toContain(red);
    expect(everything.total).toBe(everything.meetings.length);
    expect((await world.meetings.numbers(service, page)).rooms.map((one) => one.meetingId)).not.toContain(
      red,
    );
    const after = await world.store.read.meetingSessions.totals();
    expect(after.meetings.ongoing).toBe(before.meetings.ongoing + 1);
    expect(after.sessions.open).toBe(before.sessions.open + 6);
    expect(after.messages).toBe(before.messages + 1);
    expect((await world.store.read.meetings.engaging(ann.id)).sort()).toEqual([id, red].sort());
    await world.meetings.end(as(host), id);
  });

  it('share alike who is there and has no place, and take as many as were asked for', async () => {
    const { id, host, ann, ben, cy } = await scene();
    const rooms = [{ name: 'One', userIds: [cy.id] }, { name: 'Two' }];
    await breakouts.open(as(host), id, { rooms, assign: 'even' });
    expect(await placesOf(ann, id)).toEqual({ One: ['ben', 'cy'], Two: ['ann'] });
    expect((await breakouts.get(as(ben), id)).rooms).toHaveLength(2);
  });

  it('are refused to who may not, twice, within a room, before the meeting, and for what makes no sense', async () => {
    const { id, red, host, mod, ann, stranger } = await apart();
    const ask: RoundAsk = { rooms: [{ name: 'More' }], assign: 'manual' };
    expect(await outcome(breakouts.open(as(ann), id, ask))).toBe('meeting.not_allowed');
    expect(await outcome(breakouts.open(as(stranger), id, ask))).toBe('meeting.not_in');
    expect(await outcome(breakouts.open(as(mod), id, ask))).toBe('breakout.open');
    expect(await outcome(breakouts.open(as(host), red, ask))).toBe('breakout.nested');
    const planned = await world.create(host);
    expect(await outcome(breakouts.open(as(host), planned, ask))).toBe('meeting.not_started');
    const other = await scene();
    const wrong: [string, RoundAsk][] = [
      ['rooms', { rooms: [], assign: 'free' }],
      ['name', { rooms: [{ name: '  ' }], assign: 'free' }],
      ['minutes', { rooms: [{ name: 'A' }], assign: 'free', minutes: 0.5 }],
      ['user_ids', { rooms: [{ name: 'A', userIds: [other.stranger.id] }], assign: 'manual' }],
      ['user_ids', { rooms: [{ name: 'A', userIds: [other.mod.id] }], assign: 'manual' }],
      [
        'user_ids',
        {
          rooms: [
            { name: 'A', userIds: [other.ann.id] },
            { name: 'B', userIds: [other.ann.id] },
          ],
          assign: 'manual',
        },
      ],
    ];
    const version = (await world.get(other.id)).version;
    for (const [field, asked] of wrong) {
      await expect(breakouts.open(as(other.host), other.id, asked)).rejects.toMatchObject({
        details: { field },
      });
    }
    expect(await world.get(other.id)).toMatchObject({ version, round: null });
    expect(await world.store.read.meetings.roomsOf(other.id)).toEqual([]);
  });
});

describe('a place', () => {
  it('in another room takes somebody out of the old one, is told, and again changes nothing', async () => {
    const { id, red, blue, host, ann, cy } = await apart();
    await enter(red, ann);
    await world.enter(red, ann);
    await breakouts.move(as(host), id, ann.uid, blue);
    expect(await world.inRoom(red)).toEqual([]);
    expect((await world.states(red))[ann.uid]).toBe('removed');
    expect([await enter(red, ann), await enter(blue, ann)]).toEqual(['breakout.other_room', 'ok']);
    const told = (await world.events(id)).at(-1);
    expect(told).toMatchObject({
      type: 'meeting.breakouts_moved',
      data: { user_id: ann.id, room: { meeting_id: blue, name: 'Blue' }, by: host.id },
    });
    await breakouts.move(as(host), id, ann.uid, blue);
    expect((await world.events(id)).at(-1)).toEqual(told);
    // Nobody had said where Cy goes; and back again to the first room.
    await breakouts.move(as(host), id, cy.uid, red);
    await breakouts.move(as(host), id, ann.uid, red);
    expect([await enter(red, cy), await enter(red, ann)]).toEqual(['ok', 'ok']);
    await breakouts.move(as(host), id, ann.uid, null);
    expect(await placesOf(host, id)).toEqual({ Red: ['cy'], Blue: ['ben'] });
  });

  it('is the host’s and moderators’ to give, to those who have a part and run nothing', async () => {
    const { id, red, host, mod, ann, cy, stranger } = await apart();
    expect(await outcome(breakouts.move(as(ann), id, cy.uid, red))).toBe('meeting.not_allowed');
    expect(await outcome(breakouts.move(as(cy), id, cy.uid, red))).toBe('meeting.not_allowed');
    expect(await outcome(breakouts.move(as(mod), id, stranger.uid, red))).toBe('meeting.no_participant');
    expect(await outcome(breakouts.move(as(host), id, mod.uid, red))).toBe('breakout.manages');
    expect(await outcome(breakouts.move(as(mod), id, cy.uid, id))).toBe('breakout.unknown');
    expect(await outcome(breakouts.move(service, id, cy.uid, red))).toBe('ok');
  });

  it('is one’s own to take where the rooms are free, and nobody else’s', async () => {
    const { id, red, blue, ann, cy, stranger } = await apart({ assign: 'free' });
    await breakouts.move(as(cy), id, cy.uid, red);
    await breakouts.move(as(cy), id, cy.uid, blue);
    expect(await enter(blue, cy)).toBe('ok');
    expect(await enter(red, cy)).toBe('breakout.other_room');
    expect(await outcome(breakouts.move(as(cy), id, ann.uid, blue))).toBe('meeting.not_allowed');
    expect(await outcome(breakouts.move(as(stranger), id, stranger.uid, blue))).toBe('meeting.not_in');
  });

  it('goes with the place in the meeting; who left the meeting alone keeps it', async () => {
    const { id, red, blue, host, mod, ann, ben } = await apart();
    await enter(red, ann);
    await enter(blue, ben);
    await world.meetings.leave(as(ben), id);
    await world.meetings.removeParticipant(as(host), id, ann.uid);
    await breakouts.sweep();
    expect((await world.states(red))[ann.uid]).toBe('removed');
    expect((await world.states(blue))[ben.uid]).toBe('online');
    expect(await outcome(world.join(red, ann))).toBe('breakout.other_room');
    // A room's roles are the meeting's.
    await world.meetings.setRole(as(host), id, mod.uid, 'participant');
    await breakouts.sweep();
    expect(await outcome(world.join(red, mod))).toBe('breakout.other_room');
    await world.meetings.setRole(as(host), id, ben.uid, 'moderator');
    await breakouts.sweep();
    expect([(await world.roles(blue))[ben.uid], await enter(red, ben)]).toEqual(['moderator', 'ok']);
    await world.meetings.setRole(as(host), id, ben.uid, 'participant');
    await world.meetings.leave(as(ben), red);
    await breakouts.sweep();
    expect((await world.roles(blue))[ben.uid]).toBe('participant');
    expect((await world.states(red))[ben.uid]).toBe('removed');
  });

  it('is lost with the account: a ban takes people out of the room they are in', async () => {
    const { red, ann } = await apart();
    await enter(red, ann);
    await world.meetings.expel(ann.id, 'banned');
    expect((await world.states(red))[ann.uid]).toBe('offline');
  });
});

describe('in a room', () => {
  it('nobody inherits the host’s role, and nobody but the meeting changes what it is', async () => {
    const { red, host, ann } = await apart();
    await enter(red, ann);
    await enter(red, host);
    await world.meetings.leave(as(host), red);
    expect(await world.roles(red)).toMatchObject({ [host.uid]: 'host', [ann.uid]: 'participant' });
    for (const attempt of [
      () => world.meetings.end(as(host), red),
      () => world.meetings.setLocked(as(host), red, true),
      () => world.meetings.update(as(host), red, { title: 'Mine' }),
      () => world.meetings.add(as(host), red, ann.uid),
      () => world.meetings.setRole(as(host), red, ann.uid, 'moderator'),
    ]) {
      expect(await outcome(attempt())).toBe('breakout.steered');
    }
  });

  it('those who run it do not close the rooms from there', async () => {
    const { red, host } = await apart();
    const before = await world.get(red);
    for (const grace of [0, 20_000]) {
      expect(await outcome(breakouts.close(as(host), red, grace))).toBe('breakout.nested');
    }
    expect(await world.get(red)).toEqual(before);
  });

  it('an administrator who is not in the meeting says nothing', async () => {
    const { id } = await apart();
    const boss = await world.person('boss', 'admin');
    expect(await outcome(breakouts.tell(as(boss), id, 'Hear, hear'))).toBe('meeting.not_in');
    await world.join(id, boss);
    expect(await outcome(breakouts.tell(as(boss), id, 'Hear, hear'))).toBe('ok');
  });

  it('strangers see nothing of it', async () => {
    const { red, ann, ben, stranger } = await apart();
    expect(await outcome(world.meetings.get(as(ann), red))).toBe('ok');
    for (const user of [ben, stranger]) {
      expect(await outcome(world.meetings.get(as(user), red))).toBe('meeting.not_in');
    }
  });

  it('what is said to all of them is in each chat, as of who says it', async () => {
    const { id, red, blue, host, mod, ann } = await apart();
    await enter(red, ann);
    await breakouts.tell(as(mod), id, 'Five minutes more');
    await breakouts.tell(service, id, 'Tea is ready');
    const page = { limit: 10, offset: 0 };
    for (const room of [red, blue]) {
      const { messages } = await world.meetings.messages(service, room, page);
      expect(messages.map(({ userId, content }) => [userId, content])).toEqual([
        [mod.id, 'Five minutes more'],
        [host.id, 'Tea is ready'],
      ]);
    }
    expect((await world.meetings.messages(as(host), id, page)).messages).toEqual([]);
    expect(await outcome(breakouts.tell(as(ann), id, 'Me too'))).toBe('meeting.not_allowed');
  });

  it('help is asked for by who is in one', async () => {
    const { id, red, ann, ben, stranger } = await apart();
    await enter(red, ann);
    await breakouts.help(as(ann), id);
    expect((await world.events(id)).at(-1)).toMatchObject({
      type: 'meeting.breakouts_help',
      data: { user_id: ann.id, room: { meeting_id: red, name: 'Red' } },
    });
    expect(await outcome(breakouts.help(as(ben), id))).toBe('breakout.not_in');
    expect(await outcome(breakouts.help(as(stranger), id))).toBe('meeting.not_in');
  });
});

describe('rooms that close', () => {
  it('tell everybody, also in the rooms, and are over after the grace', async () => {
    const { id, red, blue, host, ann } = await apart();
    await enter(red, ann);
    expect(await outcome(breakouts.close(as(ann), id))).toBe('meeting.not_allowed');
    const view = await breakouts.close(as(host), id, 20_000);
    expect(view.round).toMatchObject({ closing: true, closesAt: world.clock.now() + 20_000 });
    for (const one of [id, red, blue]) {
      expect((await world.events(one)).at(-1)?.type).toBe('meeting.breakouts_closing');
    }
    // Later than that it does not become.
    expect((await breakouts.close(as(host), id, 60_000)).round).toEqual(view.round);
    await later(19_000);
    expect(await status(red)).toBe('ongoing');
    await later(1_000);
    expect([await status(red), await status(blue), await status(id)]).toEqual(['ended', 'ended', 'ongoing']);
    expect((await world.events(red)).at(-1)).toMatchObject({
      type: 'meeting.ended',
      data: { reason: 'breakouts' },
    });
    expect(await world.log(id)).toContain('meeting.breakouts_closed');
    expect(await outcome(world.join(red, ann))).toBe('meeting.over');
    expect((await breakouts.get(as(ann), id)).round).toBeNull();
    // And others may open.
    const again = { rooms: [{ name: 'Green' }], assign: 'free' } as const;
    expect((await breakouts.open(as(host), id, again)).rooms.map(({ name }) => name)).toEqual(['Green']);
  });

  it('at once, without a grace; once more changes nothing', async () => {
    const { id, red, host } = await apart();
    expect((await breakouts.close(as(host), id, 0)).round).toBeNull();
    expect(await status(red)).toBe('ended');
    const { version } = await world.get(id);
    await breakouts.close(as(host), id);
    expect((await world.get(id)).version).toBe(version);
    expect(await outcome(breakouts.tell(as(host), id, 'Anybody?'))).toBe('breakout.none');
  });

  it('by the time that was set, after a grace, whoever had been running', async () => {
    const { id, red, blue, ann } = await apart({ minutes: 10 });
    await enter(red, ann);
    await later(600_000);
    expect((await world.get(red)).round).toMatchObject({ closing: true });
    // The process that was to close them is no more; another one finds them.
    const other = world.another(new FakeEngine(() => world.clock.now()));
    world.clock.turn(30_000);
    await other.sweep();
    await over(other).sweep();
    expect([await status(red), await status(blue)]).toEqual(['ended', 'ended']);
    expect((await world.get(id)).round).toBeNull();
  });

  it('also those of a round that is over when the next one opens before they have followed it', async () => {
    const { id, red, host } = await apart();
    await breakouts.close(as(host), id, 1_000);
    await world.later(1_000);
    expect([(await world.get(id)).round, await status(red)]).toEqual([null, 'ongoing']);
    const { rooms } = await breakouts.open(as(host), id, { rooms: [{ name: 'Green' }], assign: 'free' });
    expect([rooms.map(({ name }) => name), await status(red)]).toEqual([['Green'], 'ended']);
  });

  it('with their meeting, also when the process ended between the two', async () => {
    const { id, red, blue, host, ann } = await apart();
    await enter(red, ann);
    await world.enter(red, ann);
    await world.meetings.end(as(host), id);
    expect(await status(red)).toBe('ongoing');
    await over(world.meetings).sweep();
    expect([await status(red), await status(blue)]).toEqual(['ended', 'ended']);
    expect(await world.inRoom(red)).toEqual([]);
    await world.meetings.remove(as(host), id);
    expect(await world.store.read.meetings.head(red)).toBeUndefined();
  });

  it('for good when their meeting was taken away before they had ended', async () => {
    const { id, red, host } = await apart();
    await world.meetings.end(as(host), id);
    await world.meetings.remove(as(host), id);
    await breakouts.sweep();
    expect(await world.store.read.meetings.head(red)).toBeUndefined();
  });
});

describe('a meeting whose people are all in rooms', () => {
  it('does not end for being empty until the rooms are empty too', async () => {
    const { id, red, host, mod, ann, ben, cy } = await apart();
    await enter(red, ann);
    for (const user of [host, mod, ann, ben, cy]) await world.meetings.leave(as(user), id);
    await breakouts.sweep();
    await later(3_600_000);
    expect([await status(id), await status(red)]).toEqual(['ongoing', 'ongoing']);
    await world.meetings.leave(as(ann), red);
    await breakouts.sweep();
    await later(300_000);
    expect([await status(id), await status(red)]).toEqual(['ended', 'ended']);
  });

  it('does not end where they were out of them for the moment in which it was looked', async () => {
    const { id, red, host, mod, ann, ben, cy } = await apart();
    await enter(red, ann);
    for (const user of [host, mod, ann, ben, cy]) await world.meetings.leave(as(user), id);
    const { read } = world.store;
    const apartOnce = async () => {
      const found = await read.meetings.apart();
      await world.meetings.leave(as(ann), red);
      return found;
    };
    const meetings = { ...read.meetings, apart: apartOnce };
    const looking = Object.create(world.store, { read: { value: { ...read, meetings } } });
    const keeper = over(world.meetings, looking);
    await keeper.sweep();
    await enter(red, ann);
    meetings.apart = () => read.meetings.apart();
    await keeper.sweep();
    await world.later(300_000);
    expect(await status(id)).toBe('ongoing');
    await world.meetings.end(as(host), id);
  });
});
