import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../users/user.ts';
import type { MeetingSession } from './meeting.ts';
import { roomOf, subjectOf } from './meeting.ts';
import { as, type MeetingsWorld, meetingsWorld, NODE, outcome, RULES, service } from './meetings.fixture.ts';
import { withoutDeleted } from './without-deleted.ts';

let world: MeetingsWorld;
let ann: User;
let bob: User;
let id: number;
beforeEach(async () => {
  world = await meetingsWorld();
  [ann, bob] = [await world.person('ann'), await world.person('bob')];
  id = await world.begun(ann);
  await world.join(id, bob);
});
afterEach(() => world.close());

/** All connections of somebody that there ever were, oldest first: kind and why they ended. */
async function sessions(user: User): Promise<Pick<MeetingSession, 'kind' | 'reason'>[]> {
  const all = await world.store.read.meetingSessions.page(id, { limit: 50, offset: 0 });
  return all
    .filter(({ userId }) => userId === user.id)
    .sort((a, b) => a.startedAt - b.startedAt)
    .map(({ kind, reason }) => ({ kind, reason }));
}

const bobIs = async () => (await world.states(id)).bob;

describe('a participant’s connections', () => {
  it('must come within a minute, and within the grace after the last one went', async () => {
    await world.later(59_000);
    const first = await world.socket(id, bob);
    await world.later(300_000);
    const second = await world.socket(id, bob);
    await world.meetings.disconnect(first, id, 'lost');
    await world.later(60_000);
    expect(await bobIs()).toBe('online');
    await world.meetings.disconnect(second, id, 'lost');
    await world.later(19_000);
    const third = await world.socket(id, bob);
    await world.later(60_000);
    expect(await bobIs()).toBe('online');
    await world.meetings.disconnect(third, id, 'lost');
    await world.later(20_000);
    expect(await bobIs()).toBe('offline');
    const left = (await world.events(id)).at(-1);
    expect(left).toMatchObject({
      type: 'meeting.left',
      data: { user_id: bob.id, was: 'online', reason: 'lost' },
    });
    expect(await sessions(bob)).toEqual(Array(3).fill({ kind: 'socket', reason: 'lost' }));
    // The place was kept, so nobody was told that they came and went.
    expect((await world.log(id)).filter((type) => type === 'meeting.left')).toHaveLength(1);
  });

  it('let somebody in by themselves who was in before, and nobody else', async () => {
    await world.meetings.leave(as(bob), id);
    await world.socket(id, bob);
    expect(await bobIs()).toBe('online');
    expect(await outcome(world.socket(id, await world.person('cat')))).toBe('meeting.not_in');
    await world.meetings.leave(as(bob), id);
    await world.meetings.setLocked(as(ann), id, true);
    expect(await outcome(world.socket(id, bob))).toBe('meeting.locked');
    await world.meetings.end(as(ann), id);
    expect(await outcome(world.socket(id, bob))).toBe('meeting.over');
  });

  it('are known once each, however often one opens or closes', async () => {
    const session = { sessionId: 'ses_same', nodeId: NODE, device: 'Firefox' };
    await world.meetings.connect(id, bob.id, session);
    await world.meetings.connect(id, bob.id, session);
    expect((await world.get(id)).sessions.filter(({ userId }) => userId === bob.id)).toHaveLength(1);
    await world.meetings.disconnect('ses_same', id, 'left');
    await world.meetings.disconnect('ses_same', id, 'lost');
    await world.meetings.disconnect('ses_none', id, 'lost');
    await world.meetings.disconnect('ses_same', 999_999, 'lost');
    expect(await sessions(bob)).toEqual([{ kind: 'socket', reason: 'left' }]);
  });

  it('go with a node that is no more', async () => {
    const other = { sessionId: 'ses_elsewhere', nodeId: 'elsewhere', device: 'test' };
    await world.store.transaction((tx) =>
      tx.leases.take('elsewhere', 'elsewhere', world.clock.now(), 15_000),
    );
    await world.meetings.connect(id, bob.id, other);
    await world.meetings.reconcile(true);
    expect(await sessions(bob)).toEqual([{ kind: 'socket', reason: null }]);
    world.clock.turn(15_000);
    await world.meetings.reconcile(true);
    expect(await sessions(bob)).toEqual([{ kind: 'socket', reason: 'lost' }]);
    await world.later(20_000);
    expect(await world.states(id)).toEqual({ ann: 'online', bob: 'offline' });
  });
});

describe('the media engine', () => {
  it('tells of sessions, one per member, with why they ended', async () => {
    await world.enter(id, bob);
    await world.later(600_000);
    expect(await bobIs()).toBe('online');
    world.clock.turn(1);
    await world.enter(id, bob);
    expect(await sessions(bob)).toEqual([
      { kind: 'media', reason: 'replaced' },
      { kind: 'media', reason: null },
    ]);
    await world.exit(id, bob);
    await world.later(20_000);
    expect(await bobIs()).toBe('offline');
    expect((await sessions(bob)).at(-1)).toEqual({ kind: 'media', reason: 'left' });
  });

  it('brings somebody in who was in before, and sends out who may not be there', async () => {
    await world.meetings.leave(as(bob), id);
    world.clock.turn(1);
    await world.enter(id, bob);
    expect(await bobIs()).toBe('online');
    const cat = await world.person('cat');
    await world.enter(id, cat);
    expect(await world.inRoom(id)).toEqual(['bob']);
    await world.meetings.leave(as(bob), id);
    await world.heard();
    expect(await world.inRoom(id)).toEqual([]);
    await world.meetings.setLocked(as(ann), id, true);
    world.clock.turn(1);
    await world.enter(id, bob);
    expect([await world.inRoom(id), await bobIs()]).toEqual([[], 'offline']);
    // A recorder is nobody's, and is let be.
    world.engine.enter(roomOf(id), 'recorder-1');
    await world.heard();
    expect(await world.inRoom(id)).toEqual(['recorder-1']);
  });

  it('repeats itself and comes late without doing harm', async () => {
    await world.enter(id, bob);
    const member = (await world.engine.members(roomOf(id)))[0];
    const about = { id: 'EV_x', at: world.clock.now(), room: roomOf(id), roomSid: 'RM_x' };
    const told = { ...about, identity: 'bob', memberSid: member?.sid ?? '' };
    world.engine.emit({ ...told, type: 'member_joined' });
    await world.exit(id, bob);
    world.clock.turn(1);
    world.engine.emit({ ...told, type: 'member_left', reason: 'left' });
    world.engine.emit({ ...told, type: 'member_joined' });
    await world.heard();
    expect(await sessions(bob)).toEqual([{ kind: 'media', reason: 'left' }]);
    await world.later(20_000);
    expect(await bobIs()).toBe('offline');
  });

  it('is compared with after missed events: who came, who went, who stayed', async () => {
    world.deaf = true;
    await world.enter(id, bob);
    world.deaf = false;
    await world.meetings.reconcile(false);
    expect(await sessions(bob)).toEqual([{ kind: 'media', reason: null }]);
    world.deaf = true;
    await world.exit(id, bob);
    world.deaf = false;
    await world.meetings.reconcile(false);
    expect(await sessions(bob)).toEqual([{ kind: 'media', reason: 'lost' }]);
    await world.later(20_000);
    expect(await bobIs()).toBe('offline');
  });

  it('does afterwards what it could not do at once', async () => {
    await world.enter(id, bob);
    const broken = Object.assign(Object.create(world.engine), {
      removeMember: () => Promise.reject(new Error('not now')),
      closeRoom: () => Promise.reject(new Error('not now')),
    });
    const other = world.another(broken);
    await other.leave(as(bob), id);
    expect(await world.inRoom(id)).toEqual(['bob']);
    await world.meetings.reconcile(true);
    expect(await world.inRoom(id)).toEqual([]);
    await world.enter(id, ann);
    await other.end(as(ann), id);
    expect(await world.inRoom(id)).toEqual(['ann']);
    await world.meetings.reconcile(false);
    await world.heard();
    expect(await world.inRoom(id)).toEqual([]);
    expect(world.failures.splice(0)).toHaveLength(2);
  });

  it('opens rooms beforehand where nobody’s coming makes them', async () => {
    const careful = world.another(world.engine, { ...RULES, autoCreate: false });
    await careful.join(as(bob), id, {});
    expect(await world.engine.rooms([roomOf(id)])).toHaveLength(1);
  });

  it('is not needed', async () => {
    const bare = Object.assign(Object.create(world.engine), {
      facts: { name: 'none', rooms: false, mapsNumbers: false },
    });
    expect((await world.another(bare).join(as(bob), id, {})).media).toBeNull();
  });
});

describe('what people send', () => {
  const publish = async (user: User, source: 'microphone' | 'camera' | 'screen_share', muted = false) => {
    const kind = source === 'microphone' ? 'audio' : 'video';
    const track = world.engine.publish(roomOf(id), user.uid, { kind, source, muted });
    await world.heard();
    return track;
  };
  const media = async (user: User) => (await world.part(id, user)).media;

  it('is what the engine has, where it has something, else what their client says', async () => {
    await world.enter(id, bob);
    await publish(bob, 'microphone');
    const camera = await publish(bob, 'camera', true);
    expect(await media(bob)).toEqual({ audio: true, video: false, screen: false });
    await world.meetings.setMedia(as(bob), id, { screen: true });
    world.engine.unpublish(roomOf(id), 'bob', camera.sid);
    await world.heard();
    expect(await media(bob)).toEqual({ audio: true, video: false, screen: true });
    await world.meetings.reconcile(true);
    expect(await media(bob)).toEqual({ audio: true, video: false, screen: true });
    await world.meetings.leave(as(bob), id);
    await world.join(id, bob);
    expect(await media(bob)).toEqual({ audio: false, video: false, screen: false });
  });

  it('is not heard at first where people come in muted, but for those who manage the meeting', async () => {
    await world.meetings.update(as(ann), id, { settings: { muteOnJoin: true } });
    for (const user of [ann, bob]) {
      await world.enter(id, user);
      await publish(user, 'microphone');
      await publish(user, 'camera');
    }
    const muted = async () =>
      (await world.engine.members(roomOf(id))).flatMap(({ identity, tracks }) =>
        tracks.filter((track) => track.muted).map(({ source }) => `${identity} ${source}`),
      );
    expect(await muted()).toEqual(['bob microphone']);
    expect([await media(ann), await media(bob)]).toEqual([
      { audio: true, video: true, screen: false },
      { audio: false, video: true, screen: false },
    ]);
    // Only the first one: they have unmuted since, and another device is their own choice.
    await publish(bob, 'microphone');
    expect(await muted()).toEqual(['bob microphone']);
    // Whichever node hears of it.
    world.meetings = world.another(world.engine);
    await publish(bob, 'microphone');
    expect(await muted()).toEqual(['bob microphone']);
    // Coming in anew is coming in.
    await world.exit(id, bob);
    await world.enter(id, bob);
    await publish(bob, 'microphone');
    expect(await muted()).toEqual(['bob microphone']);
  });

  it('is turned off in the engine too when they are muted', async () => {
    await world.enter(id, bob);
    await publish(bob, 'microphone');
    await publish(bob, 'camera');
    await world.meetings.mute(as(ann), id, 'bob', 'audio');
    const [member] = await world.engine.members(roomOf(id));
    expect(member?.tracks.map(({ source, muted }) => [source, muted])).toEqual([
      ['microphone', true],
      ['camera', false],
    ]);
    expect(await media(bob)).toEqual({ audio: false, video: true, screen: false });
  });

  it('is measured while the meeting goes on, and kept with the session', async () => {
    await world.enter(id, bob);
    const none = { audio: 0, video: 0 };
    const stats = [
      { identity: 'bob', lossUp: 0.1, lossDown: 0.2, roundTripMs: 35, bitrateUp: none, bitrateDown: none },
      { identity: 'nobody', lossUp: 0.5, bitrateUp: none, bitrateDown: none },
    ];
    Object.assign(world.engine, { stats: async () => stats });
    await world.meetings.reconcile(false);
    const session = (await world.get(id)).sessions.find(({ kind }) => kind === 'media');
    expect(session?.quality).toEqual({ loss: 0.2, rttMs: 35 });
    expect(await world.meetings.measured(as(bob), id)).toMatchObject([
      { participant: { uid: 'bob' }, stats: { roundTripMs: 35 } },
    ]);
    expect(await world.meetings.peers(as(bob), id)).toMatchObject([
      { participant: { uid: 'ann' }, tracks: [] },
      { participant: { uid: 'bob' }, tracks: [] },
    ]);
  });
});

describe('a ban in the middle of every step', () => {
  const steps: Record<string, (user: User) => Promise<unknown>> = {
    named: (user) => world.meetings.add(as(ann), id, user.uid),
    waiting: async (user) => {
      await world.meetings.update(as(ann), id, { settings: { waitingRoom: true } });
      await world.join(id, user);
    },
    'in by word': (user) => world.join(id, user),
    connected: async (user) => {
      await world.join(id, user);
      await world.socket(id, user);
    },
    'in the media': async (user) => {
      await world.join(id, user);
      await world.enter(id, user);
    },
    moderator: async (user) => {
      await world.join(id, user);
      await world.meetings.setRole(as(ann), id, user.uid, 'moderator');
    },
    host: async (user) => {
      await world.join(id, user);
      await world.meetings.setRole(as(ann), id, user.uid, 'host');
    },
  };

  it.each(Object.keys(steps))('%s', async (step) => {
    const cat = await world.person('cat');
    await steps[step]?.(cat);
    await world.people.put('cat', { status: 'banned' });
    await world.meetings.expel(cat.id, 'banned');
    await world.heard();
    expect(['offline', 'invited']).toContain((await world.states(id)).cat);
    expect((await world.get(id)).sessions.some(({ userId }) => userId === cat.id)).toBe(false);
    expect(await outcome(world.join(id, cat))).toBe('auth.banned');
    expect(await outcome(world.socket(id, cat))).toBe('auth.banned');
    // A ticket of before outlives the ban, and opens nothing.
    await world.enter(id, cat);
    expect(await world.inRoom(id)).toEqual([]);
    const hosts = Object.values(await world.roles(id)).filter((role) => role === 'host');
    expect(hosts).toHaveLength(1);
  });

  it('of their own account is told without the name that went with it', async () => {
    const eve = await world.person('eve');
    await world.join(id, eve);
    await world.people.remove('eve');
    await world.meetings.expel(eve.id, 'removed');
    const left = (await world.events(id)).findLast(({ type }) => type === 'meeting.left');
    expect(left?.data).toMatchObject({ user_id: eve.id, uid: `${eve.id}`, username: 'deleted user' });
    expect(JSON.stringify(left)).not.toContain('eve');
  });

  it('of their own account cancels what they have planned and nobody else is host of', async () => {
    const [eve, fay] = [await world.person('eve'), await world.person('fay')];
    const plans = [await world.create(eve), await world.create(eve), await world.create(eve)] as const;
    await world.meetings.add(service, plans[1], fay.id, 'host');
    await world.join(plans[2], fay);
    const kept = await world.create(fay);
    const status = (which: number) => world.get(which).then((one) => one.status);
    const stand = () => Promise.all([...plans, kept].map(status));
    await world.meetings.expel(eve.id, 'banned');
    expect(await stand()).toEqual(['scheduled', 'scheduled', 'ongoing', 'scheduled']);
    await world.people.remove('eve');
    for (let i = 0; i < 2; i++) await world.meetings.expel(eve.id, 'removed');
    expect(await stand()).toEqual(['cancelled', 'scheduled', 'ongoing', 'scheduled']);
    expect((await world.events(plans[0])).filter(({ type }) => type === 'meeting.cancelled')).toHaveLength(1);
  });

  it('of their own account takes their name out of what is told later of before', async () => {
    const eve = await world.person('eve');
    await world.join(id, eve);
    await world.meetings.mute(as(ann), id, 'all', 'audio');
    await world.meetings.say(as(eve), id, 'hello');
    const read = () => world.store.read.events.ofSubject(subjectOf(id), 0, 100);
    expect(await withoutDeleted(world.store.read, await read())).toEqual(await read());
    await world.people.remove('eve');
    const told = await withoutDeleted(world.store.read, await read());
    expect(JSON.stringify(told)).not.toMatch(/eve"/i);
    expect(told.map(({ type }) => type)).toEqual((await read()).map(({ type }) => type));
    const of = (type: string) => told.findLast((event) => event.type === type)?.data;
    const gone = { user_id: eve.id, uid: `${eve.id}`, nickname: 'deleted user' };
    expect(of('meeting.message')).toMatchObject({ ...gone, content: 'hello' });
    expect(of('meeting.muted')?.users).toContainEqual(expect.objectContaining(gone));
  });

  it('that was not seen when they came takes them out all the same', async () => {
    const cat = await world.person('cat');
    // The ban commits between the look at the person and the end of the joining.
    const blind = Object.assign(Object.create(world.store), {
      transaction: async (work: Parameters<typeof world.store.transaction>[0]) => {
        const done = await world.store.transaction(work);
        await world.people.put('cat', { status: 'banned' });
        return done;
      },
    });
    const racing = world.another(world.engine, RULES, blind);
    expect(await outcome(racing.join(as(cat), id, {}))).toBe('auth.banned');
    expect((await world.states(id)).cat).toBe('offline');
  });

  it('that was not heard of is found by comparing', async () => {
    await world.enter(id, bob);
    await world.people.put('bob', { status: 'banned' });
    await world.meetings.reconcile(true);
    await world.heard();
    expect(await world.inRoom(id)).toEqual([]);
    await world.later(20_000);
    expect(await bobIs()).toBe('offline');
  });

  it('takes them out of every meeting, also when one of them cannot be left now', async () => {
    const other = await world.begun(ann);
    await world.join(other, bob);
    let failing = true;
    const busy = Object.assign(Object.create(world.store), {
      transaction: (work: Parameters<typeof world.store.transaction>[0]) => {
        if (!failing) return world.store.transaction(work);
        failing = false;
        return Promise.reject(new Error('the database is away'));
      },
    });
    const racing = world.another(world.engine, RULES, busy);
    await expect(racing.expel(bob.id, 'banned')).rejects.toThrow('away');
    const states = [await bobIs(), (await world.states(other)).bob];
    expect(states.sort()).toEqual(['offline', 'online']);
  });
});
