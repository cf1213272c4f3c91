import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../users/user.ts';
import { as, type MeetingsWorld, meetingsWorld, outcome, service } from './meetings.fixture.ts';
import { ACTIONS, type Action } from './roles.ts';

let world: MeetingsWorld;
beforeAll(async () => {
  world = await meetingsWorld();
});
afterAll(() => world.close());

type Who = 'host' | 'moderator' | 'participant' | 'stranger' | 'admin' | 'service';
const WHO: readonly Who[] = ['host', 'moderator', 'participant', 'stranger', 'admin', 'service'];
let count = 0;

/** A meeting with one of each role, and somebody more to do things to. */
async function scene(running = true) {
  const n = ++count;
  const [host, moderator, participant, stranger, target] = await Promise.all(
    ['host', 'mod', 'part', 'stranger', 'target'].map((name) => world.person(`${name}${n}`)),
  );
  const admin = await world.person(`admin${n}`, 'admin');
  if (!host || !moderator || !participant || !stranger || !target) throw new Error('somebody is missing');
  const id = await world.create(host);
  await world.meetings.add(as(host), id, moderator.uid, 'moderator');
  if (running) for (const user of [host, moderator, participant, target]) await world.join(id, user);
  const users: Record<Exclude<Who, 'service'>, User> = { host, moderator, participant, stranger, admin };
  const asker = (who: Who) => (who === 'service' ? service : as(users[who]));
  return { id, asker, target, stranger, users };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** How each action of the table is done; polls and breakout rooms are beside their own. */
const DONE: Record<Exclude<Action, 'poll' | 'breakout'>, (scene: Scene, who: Who) => Promise<unknown>> = {
  update: ({ id, asker }, who) => world.meetings.update(asker(who), id, { title: 'Daily' }),
  start: ({ id, asker }, who) => world.meetings.start(asker(who), id),
  end: ({ id, asker }, who) => world.meetings.end(asker(who), id),
  delete: ({ id, asker }, who) => world.meetings.remove(asker(who), id),
  add: ({ id, asker, stranger }, who) => world.meetings.add(asker(who), id, stranger.uid),
  remove: ({ id, asker, target }, who) => world.meetings.removeParticipant(asker(who), id, target.uid),
  role: ({ id, asker, target }, who) => world.meetings.setRole(asker(who), id, target.uid, 'moderator'),
  mute: ({ id, asker }, who) => world.meetings.mute(asker(who), id, 'all', 'audio'),
  lock: ({ id, asker }, who) => world.meetings.setLocked(asker(who), id, true),
  chat: ({ id, asker, target }, who) => world.meetings.say(asker(who), id, 'hi', named(who, target)),
  media: ({ id, asker, target }, who) =>
    world.meetings.setMedia(asker(who), id, { audio: true }, named(who, target)),
  hand: ({ id, asker, target }, who) => world.meetings.raiseHand(asker(who), id, true, named(who, target)),
};

/** A service speaks for somebody. */
const named = (who: Who, target: User) => (who === 'service' ? target.uid : undefined);

describe('who may do what', () => {
  const actions = Object.keys(DONE) as (keyof typeof DONE)[];
  const rows = actions.flatMap((action) => WHO.map((who) => ({ action, who })));

  it.each(rows)('$action by $who', async ({ action, who }) => {
    const made = await scene(action !== 'delete');
    const before = (await world.get(made.id)).version;
    const came = await outcome(DONE[action](made, who));
    const table: readonly string[] = ACTIONS[action];
    const speaks = ['chat', 'media', 'hand'].includes(action);
    const may = who === 'service' || (who === 'admin' && !speaks) || table.includes(who);
    if (may) return expect(came).toBe('ok');
    const inside = who !== 'stranger' && who !== 'admin' && (action !== 'delete' || who === 'moderator');
    expect(came).toBe(inside ? 'meeting.not_allowed' : 'meeting.not_in');
    expect((await world.get(made.id)).version).toBe(before);
  });
});

describe('what moderators may not', () => {
  it('neither remove nor mute hosts and moderators, nor give roles with an invitation', async () => {
    const { id, asker, target, users } = await scene();
    await world.meetings.setRole(asker('host'), id, target.uid, 'moderator');
    const by = asker('moderator');
    for (const { uid } of [target, users.host]) {
      expect(await outcome(world.meetings.removeParticipant(by, id, uid))).toBe('meeting.not_allowed');
      expect(await outcome(world.meetings.mute(by, id, uid, 'audio'))).toBe('meeting.not_allowed');
    }
    expect(await outcome(world.meetings.add(by, id, 'stranger-to-all', 'moderator'))).toBe('user.unknown');
    expect(await outcome(world.meetings.add(by, id, users.stranger.uid, 'moderator'))).toBe(
      'meeting.not_allowed',
    );
    // Naming somebody who is there already is no way to their role.
    expect(await outcome(world.meetings.add(by, id, target.uid, 'participant'))).toBe('meeting.not_allowed');
    expect(await outcome(world.meetings.add(by, id, target.uid, 'moderator'))).toBe('ok');
    expect((await world.part(id, target)).role).toBe('moderator');
    expect(await outcome(world.meetings.removeParticipant(by, id, users.participant.uid))).toBe('ok');
  });
});

describe('oneself', () => {
  it('is left, not removed; and no host stops being one but by another', async () => {
    const { id, asker, users } = await scene();
    expect(await outcome(world.meetings.removeParticipant(asker('host'), id, users.host.uid))).toBe(
      'meeting.self',
    );
    expect(await outcome(world.meetings.setRole(asker('host'), id, users.host.uid, 'participant'))).toBe(
      'meeting.host_needed',
    );
  });
});

describe('somebody else’s media', () => {
  it('are turned off by who may mute them, and on by nobody but themselves', async () => {
    const { id, asker, target, users } = await scene();
    await world.meetings.setMedia(as(target), id, { audio: true, video: true });
    const { id: peer } = await world.part(id, target);
    for (const who of ['host', 'moderator', 'admin', 'service'] as const) {
      expect(await outcome(world.meetings.setPeerMedia(asker(who), peer, { audio: true }))).toBe(
        'meeting.not_yours',
      );
    }
    expect(await outcome(world.meetings.setPeerMedia(asker('participant'), peer, { video: false }))).toBe(
      'meeting.not_allowed',
    );
    const { participant } = await world.meetings.setPeerMedia(asker('moderator'), peer, { video: false });
    expect(participant.media).toEqual({ audio: true, video: false, screen: false });
    const own = await world.meetings.setPeerMedia(as(target), peer, { video: true });
    expect([own.meetingId, own.participant.media.video]).toEqual([id, true]);
    expect(await outcome(world.meetings.setPeerMedia(asker('host'), 999_999, { video: false }))).toBe(
      'meeting.no_participant',
    );
    const muted = (await world.events(id)).findLast(({ type }) => type === 'meeting.muted');
    expect(muted?.data).toMatchObject({
      users: [{ user_id: target.id, nickname: target.displayName }],
      kinds: ['video'],
      by: users.moderator.id,
    });
  });

  it('are all muted at once, but for those who manage the meeting and who asks', async () => {
    const { id, asker, target, users } = await scene();
    for (const user of [users.host, users.moderator, users.participant, target]) {
      await world.meetings.setMedia(as(user), id, { audio: true });
    }
    await world.meetings.mute(asker('moderator'), id, 'all', ['audio']);
    const sounding = (await world.get(id)).participants.filter(({ media }) => media.audio);
    expect(sounding.map(({ userId }) => userId)).toEqual([users.host.id, users.moderator.id]);
    expect(await outcome(world.meetings.mute(asker('host'), id, users.stranger.uid, 'audio'))).toBe(
      'meeting.no_participant',
    );
  });
});
