import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { User } from '../users/user.ts';
import { as, type MeetingsWorld, meetingsWorld, outcome, service } from './meetings.fixture.ts';

let world: MeetingsWorld;
let ann: User;
let bob: User;
beforeEach(async () => {
  world = await meetingsWorld();
  [ann, bob] = [await world.person('ann'), await world.person('bob')];
});
afterEach(() => world.close());

const HOUR = 3_600_000;

describe('making a meeting', () => {
  it('plans it with the usual settings, its maker as host', async () => {
    const id = await world.create(ann, { settings: { chat: false } });
    const meeting = await world.get(id);
    expect(meeting).toMatchObject({
      title: 'Weekly',
      description: '',
      status: 'scheduled',
      type: 'video',
      maxParticipants: 100,
      hasPassword: false,
      locked: false,
      settings: { chat: false, screenShare: true, waitingRoom: false, muteOnJoin: false, guests: false },
    });
    expect(await world.roles(id)).toEqual({ ann: 'host' });
    const [created] = await world.events(id);
    expect(created).toMatchObject({
      seq: 1,
      type: 'meeting.created',
      data: { meeting_id: id, title: 'Weekly', start_time: null, settings: { screen_share: true } },
    });
  });

  it('refuses what is wrong with the field named, and writes nothing', async () => {
    const now = world.clock.now();
    const wrong = {
      title: { title: '  ' },
      description: { description: 'x'.repeat(4001) },
      max_participants: { maxParticipants: 1 },
      end_time: { startTime: now, endTime: now },
      password: { password: '' },
    };
    for (const [field, ask] of Object.entries(wrong)) {
      const made = world.meetings.create(as(ann), { title: 'Weekly', ...ask });
      await expect(made).rejects.toMatchObject({ code: 'invalid', details: { field } });
    }
    expect(await world.store.read.meetings.count({})).toBe(0);
  });

  it('is done by a service for whom it names, who need not be known', async () => {
    expect(await outcome(world.meetings.create(service, { title: 'Weekly' }))).toBe('invalid.field');
    const made = await world.meetings.create(service, { title: 'Weekly', creator: 'newcomer' });
    expect(await world.roles(made.id)).toEqual({ newcomer: 'host' });
    expect(await outcome(world.meetings.create(as(ann), { title: 'Weekly', creator: 'bob' }))).toBe(
      'auth.not_yourself',
    );
  });
});

describe('the states', () => {
  it('go from scheduled to ongoing to ended, and no other way', async () => {
    const id = await world.create(ann);
    expect(await outcome(world.meetings.end(as(ann), id))).toBe('meeting.not_started');
    expect((await world.meetings.start(as(ann), id)).status).toBe('ongoing');
    expect((await world.meetings.start(as(ann), id)).status).toBe('ongoing');
    expect(await outcome(world.meetings.remove(as(ann), id))).toBe('meeting.ongoing');
    expect((await world.meetings.end(as(ann), id)).status).toBe('ended');
    expect((await world.meetings.end(as(ann), id)).status).toBe('ended');
    expect(await world.log(id)).toEqual(['meeting.created', 'meeting.started', 'meeting.ended']);
    const late = [
      world.meetings.start(as(ann), id),
      world.meetings.update(as(ann), id, { title: 'Late' }),
      world.meetings.setLocked(as(ann), id, true),
      world.meetings.add(as(ann), id, 'bob'),
      world.meetings.raiseHand(as(ann), id, true),
      world.meetings.say(as(ann), id, 'late'),
    ];
    expect(await Promise.all(late.map(outcome))).toEqual(Array(6).fill('meeting.over'));
  });

  it('go from scheduled to cancelled', async () => {
    const id = await world.create(ann, { settings: { waitingRoom: true } });
    await world.join(id, bob);
    expect((await world.meetings.remove(as(ann), id)).status).toBe('cancelled');
    expect(await world.log(id)).toEqual(['meeting.created', 'meeting.waiting', 'meeting.cancelled']);
    expect((await world.states(id)).bob).toBe('offline');
    expect(await outcome(world.meetings.start(as(ann), id))).toBe('meeting.over');
    expect(await outcome(world.meetings.end(as(ann), id))).toBe('meeting.over');
  });

  it('end for good: the rest is gone, its events stay', async () => {
    const id = await world.begun(ann);
    await world.meetings.say(as(ann), id, 'bye');
    await world.join(id, bob);
    await world.meetings.leave(as(ann), id);
    await world.meetings.end(as(bob), id);
    expect(await outcome(world.meetings.remove(as(bob), id))).toBe('meeting.not_allowed');
    await world.meetings.remove(as(ann), id);
    expect(await outcome(world.meetings.get(as(ann), id))).toBe('meeting.unknown');
    expect(await world.store.read.messages.count(id)).toBe(0);
    const log = await world.events(id);
    expect(log.at(-1)).toMatchObject({ seq: log.length, type: 'meeting.deleted' });
    expect(await outcome(world.meetings.remove(as(ann), id))).toBe('meeting.unknown');
  });

  it('end everything with the meeting: people, sockets, the room, by one event', async () => {
    const id = await world.begun(ann);
    await world.join(id, bob);
    await world.enter(id, ann);
    await world.enter(id, bob);
    const socket = await world.socket(id, bob);
    const ends = [world.meetings.end(as(ann), id), world.meetings.end(service, id)];
    await Promise.all([...ends, world.meetings.leave(as(bob), id), world.meetings.expel(ann.id, 'banned')]);
    await world.heard();
    expect((await world.log(id)).filter((type) => type === 'meeting.ended')).toHaveLength(1);
    expect(await world.states(id)).toEqual({ ann: 'offline', bob: 'offline' });
    expect(await world.inRoom(id)).toEqual([]);
    await world.meetings.disconnect(socket, id, 'lost');
    const sessions = await world.store.read.meetingSessions.page(id, { limit: 10, offset: 0 });
    expect(sessions).toHaveLength(4);
    expect(sessions.every(({ endedAt, reason }) => endedAt !== null && reason !== null)).toBe(true);
  });
});

describe('a meeting without anybody', () => {
  it('ends after a while, also when nobody ever came', async () => {
    const never = await world.create(ann);
    await world.meetings.start(as(ann), never);
    const left = await world.begun(ann);
    await world.later(200_000);
    await world.meetings.leave(as(ann), left);
    await world.later(100_000);
    expect((await world.get(never)).status).toBe('ended');
    expect((await world.events(never)).at(-1)?.data).toMatchObject({ reason: 'empty', by: null });
    expect((await world.get(left)).status).toBe('ongoing');
    await world.join(left, bob);
    await world.socket(left, bob);
    await world.later(400_000);
    expect((await world.get(left)).status).toBe('ongoing');
    await world.meetings.leave(as(bob), left);
    await world.later(300_000);
    expect((await world.get(left)).status).toBe('ended');
  });

  it('is one whose people are all gone without a word, and ends once though two sweep', async () => {
    const id = await world.begun(ann);
    await world.join(id, bob);
    const [session] = (await world.get(id)).sessions;
    await world.meetings.disconnect(session?.id ?? '', id, 'lost');
    await world.later(60_000);
    expect(await world.states(id)).toEqual({ ann: 'offline', bob: 'offline' });
    world.clock.turn(300_000);
    const other = world.another(world.engine);
    await Promise.all([world.meetings.sweep(), other.sweep()]);
    expect((await world.log(id)).filter((type) => type === 'meeting.ended')).toHaveLength(1);
  });

  it('is not one that is only planned', async () => {
    const id = await world.create(ann, { endTime: world.clock.now() + HOUR });
    await world.later(30 * 24 * HOUR);
    expect((await world.get(id)).status).toBe('scheduled');
  });
});

describe('changing a meeting', () => {
  it('changes what is named, says what, and nothing where nothing differs', async () => {
    const id = await world.create(ann, { description: 'sync', startTime: 1000, endTime: 2000 });
    const changed = await world.meetings.update(as(ann), id, {
      title: 'Daily',
      endTime: null,
      settings: { chat: false },
    });
    expect(changed).toMatchObject({ title: 'Daily', description: 'sync', startTime: 1000, endTime: null });
    expect(changed.settings).toMatchObject({ chat: false, screenShare: true });
    const [, updated] = await world.events(id);
    expect(updated?.data).toMatchObject({ changed: ['title', 'endTime', 'settings'].map(snake) });
    await world.meetings.update(as(ann), id, { title: 'Daily' });
    expect(await world.log(id)).toHaveLength(2);
    expect(await outcome(world.meetings.update(as(ann), id, { endTime: 500 }))).toBe('invalid.field');
  });

  it('holds for those inside at once', async () => {
    const id = await world.begun(ann);
    await world.join(id, bob);
    for (const user of [ann, bob]) await world.enter(id, user);
    const rights = async () => {
      const members = await world.engine.members(`meet_${id}`);
      return Object.fromEntries(
        members.map((member) => [member.identity, 'rights' in member && member.rights]),
      );
    };
    await world.meetings.update(as(ann), id, { settings: { chat: false, screenShare: false } });
    const sources = ['microphone', 'camera'];
    expect(await rights()).toEqual({
      ann: { publish: true, subscribe: true, data: true, sources },
      bob: { publish: true, subscribe: true, data: false, sources },
    });
    await world.meetings.setRole(as(ann), id, 'bob', 'moderator');
    expect((await rights()).bob).toMatchObject({ data: true });
    expect(await outcome(world.meetings.setMedia(as(bob), id, { screen: true }))).toBe(
      'meeting.no_screen_share',
    );
    await world.meetings.update(as(ann), id, { type: 'audio' });
    expect((await rights()).bob).toMatchObject({ sources: ['microphone'] });
    expect(await outcome(world.meetings.setMedia(as(bob), id, { video: true }))).toBe('meeting.audio_only');
  });

  it('holds for who comes later with a ticket of before', async () => {
    const id = await world.begun(ann);
    const { media } = await world.join(id, bob);
    await world.meetings.update(as(ann), id, { settings: { chat: false, screenShare: false } });
    const limited = { rights: { data: false, sources: ['microphone', 'camera'] } };
    for (let time = 0; time < 2; time++) {
      world.engine.enter(`meet_${id}`, 'bob', media?.token);
      await world.heard();
      expect(await world.engine.members(`meet_${id}`)).toMatchObject([limited]);
    }
  });

  it('holds as it was decided last, whichever the engine is told later', async () => {
    const id = await world.begun(ann);
    await world.join(id, bob);
    await world.enter(id, bob);
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    const { engine } = world;
    const permit = engine.permit.bind(engine);
    let slow = true;
    engine.permit = async (...asked) => {
      const first = slow;
      slow = false;
      if (first) await told;
      return permit(...asked);
    };
    const change = (screenShare: boolean) =>
      world.meetings.update(as(ann), id, { settings: { screenShare } });
    const off = change(false);
    await vi.waitFor(() => expect(slow).toBe(false));
    const on = change(true);
    await vi.waitFor(async () => expect((await world.get(id)).settings.screenShare).toBe(true));
    tell();
    await Promise.all([off, on]);
    const [member] = await engine.members(`meet_${id}`);
    expect(member).toHaveProperty('rights', { publish: true, subscribe: true, data: true });
  });

  it('holds as it was decided last when another node is quicker with the engine', async () => {
    const id = await world.begun(ann);
    await world.join(id, bob);
    await world.enter(id, bob);
    const { engine } = world;
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    const asked = vi.fn();
    // The engine as a node far away from it has it.
    const slow = Object.assign(Object.create(engine), {
      permit: async (...rights: Parameters<typeof engine.permit>) => {
        asked();
        await told;
        return engine.permit(...rights);
      },
    });
    const off = world.another(slow).update(as(ann), id, { settings: { screenShare: false } });
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    await world.meetings.update(as(ann), id, { settings: { screenShare: true } });
    tell();
    await off;
    const [member] = await engine.members(`meet_${id}`);
    expect(member).toHaveProperty('rights', { publish: true, subscribe: true, data: true });
  });
});

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
