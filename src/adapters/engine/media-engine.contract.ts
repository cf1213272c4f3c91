import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MediaEngine } from '../../ports/media-engine.ts';
import type { EngineEvent } from '../../ports/media-event.ts';
import type { RoomSpec, TrackSourceName } from '../../ports/media-room.ts';

/** A real client of the engine, or what stands for one. */
export interface EngineClient {
  publish(kind: 'audio' | 'video', source: TrackSourceName): Promise<void>;
  /** Topics of what it has been sent by the server. */
  readonly topics: readonly string[];
  readonly gone: boolean;
  leave(): Promise<void>;
}

export interface EngineUnderTest {
  engine: MediaEngine;
  /** Comes in with a ticket; throws when it is not let in. */
  enter(room: string, identity: string, token: string): Promise<EngineClient>;
  /** Waits for something that has no event of its own. */
  until(reason: string, look: () => boolean | Promise<boolean>): Promise<void>;
  close(): Promise<void>;
}

const RIGHTS = { publish: true, subscribe: true, data: true };

/** What every engine does, told apart by nothing but its facts. */
export function mediaEngineContract(open: () => Promise<EngineUnderTest>): void {
  let test: EngineUnderTest;
  let engine: MediaEngine;
  const heard: EngineEvent[] = [];
  let stop: () => void;

  beforeAll(async () => {
    test = await open();
    engine = test.engine;
    stop = engine.listen((event) => heard.push(event));
  });
  afterAll(async () => {
    stop?.();
    await test?.close();
  });

  const spec = (name: string): RoomSpec => ({
    name,
    maxMembers: 0,
    emptyTimeoutS: 60,
    departureTimeoutS: 20,
  });
  const typesOf = (room: string) => heard.filter((event) => event.room === room).map(({ type }) => type);
  const until = (reason: string, look: () => boolean | Promise<boolean>) => test.until(reason, look);
  const heardOf = (room: string, ...types: string[]) =>
    until(`${types.join(', ')} of ${room} (so far: ${typesOf(room).join(', ')})`, () =>
      types.every((type) => typesOf(room).includes(type as EngineEvent['type'])),
    );
  async function enter(room: string, identity: string) {
    const { token } = await engine.ticket(room, {
      identity,
      name: `${identity}!`,
      rights: RIGHTS,
      ttlS: 600,
    });
    return test.enter(room, identity, token);
  }

  it('answers a ping', async () => {
    await expect(engine.ping()).resolves.toBeUndefined();
  });

  it('opens a room once, however often it is asked, and closes one that is not there', async () => {
    await engine.openRoom(spec('once'));
    await engine.openRoom(spec('once'));
    const rooms = await engine.rooms(['once']);
    expect(rooms).toMatchObject([{ name: 'once', memberCount: 0 }]);
    expect(await engine.members('once')).toEqual([]);
    await engine.closeRoom('once');
    await until('the room to be gone', async () => (await engine.rooms(['once'])).length === 0);
    await engine.closeRoom('once');
    await engine.closeRoom('never-was');
    expect(await engine.members('never-was')).toEqual([]);
  });

  it('tells of somebody who comes and goes, and shows them meanwhile', async () => {
    await engine.openRoom(spec('visit'));
    const ann = await enter('visit', 'ann');
    await heardOf('visit', 'room_started', 'member_joined');
    expect(await engine.members('visit')).toMatchObject([{ identity: 'ann', tracks: [] }]);
    await ann.leave();
    await heardOf('visit', 'member_left');
    expect(heard.find((event) => event.room === 'visit' && event.type === 'member_left')).toMatchObject({
      identity: 'ann',
      reason: 'left',
    });
    await until('nobody to be there', async () => (await engine.members('visit')).length === 0);
    await engine.closeRoom('visit');
    await heardOf('visit', 'room_finished');
    expect(typesOf('visit')).toEqual(['room_started', 'member_joined', 'member_left', 'room_finished']);
  });

  it('tells of tracks, and mutes them', async () => {
    await engine.openRoom(spec('tracks'));
    const ann = await enter('tracks', 'ann');
    await ann.publish('audio', 'microphone');
    await heardOf('tracks', 'track_published');
    const [member] = await engine.members('tracks');
    expect(member?.tracks).toMatchObject([{ kind: 'audio', source: 'microphone', muted: false }]);
    const sid = member?.tracks[0]?.sid ?? '';
    await engine.mute('tracks', 'ann', sid, true);
    await until(
      'the track to be muted',
      async () => (await engine.members('tracks'))[0]?.tracks[0]?.muted === true,
    );
    await expect(engine.mute('tracks', 'ann', 'TR_none', true)).rejects.toMatchObject({ code: 'not_found' });
    await ann.leave();
    await heardOf('tracks', 'track_unpublished', 'member_left');
    await engine.closeRoom('tracks');
  });

  it('stops what is no longer allowed', async () => {
    await engine.openRoom(spec('rights'));
    const ann = await enter('rights', 'ann');
    await ann.publish('audio', 'microphone');
    await heardOf('rights', 'track_published');
    await engine.permit('rights', 'ann', { publish: false, subscribe: true, data: true });
    await heardOf('rights', 'track_unpublished');
    await expect(engine.permit('rights', 'nobody', RIGHTS)).rejects.toMatchObject({ code: 'not_found' });
    await ann.leave();
    await engine.closeRoom('rights');
  });

  it('removes somebody, and keeps them out until they get a new ticket', async () => {
    await engine.openRoom(spec('removed'));
    const { token } = await engine.ticket('removed', {
      identity: 'ann',
      name: 'Ann',
      rights: RIGHTS,
      ttlS: 600,
    });
    const ann = await test.enter('removed', 'ann', token);
    await heardOf('removed', 'member_joined');
    await engine.removeMember('removed', 'ann');
    await until('her client to know', () => ann.gone);
    await heardOf('removed', 'member_left');
    expect(heard.find((event) => event.room === 'removed' && event.type === 'member_left')).toMatchObject({
      reason: 'removed',
    });
    // Not let in, or sent away at once.
    const again = await test.enter('removed', 'ann', token).catch(() => undefined);
    if (again) await until('the old ticket to be of no use', () => again.gone);
    const back = await enter('removed', 'ann');
    await until('her to be in again', async () => (await engine.members('removed')).length === 1);
    expect(back.gone).toBe(false);
    await back.leave();
    await engine.removeMember('removed', 'nobody');
    await engine.closeRoom('removed');
  });

  it('keeps out who is removed before they have come', async () => {
    await engine.openRoom(spec('early'));
    const member = { identity: 'ann', name: 'Ann', rights: RIGHTS, ttlS: 600 };
    const { token } = await engine.ticket('early', member);
    await engine.removeMember('early', 'ann');
    const ann = await test.enter('early', 'ann', token).catch(() => undefined);
    if (ann) await until('the old ticket to be of no use', () => ann.gone);
    await engine.closeRoom('early');
  });

  it('sends data from the server, to everybody or to some', async () => {
    await engine.openRoom(spec('data'));
    const [ann, bob] = [await enter('data', 'ann'), await enter('data', 'bob')];
    // Members are told of when their media is connected; data is for those.
    await until(
      'both to be in',
      () => typesOf('data').filter((type) => type === 'member_joined').length === 2,
    );
    const payload = new TextEncoder().encode('hello');
    await engine.sendData('data', { topic: 'to-bob', payload, to: ['bob'] });
    await engine.sendData('data', { topic: 'to-all', payload });
    await until('both to have it', () => [ann, bob].every(({ topics }) => topics.includes('to-all')));
    expect(bob.topics).toEqual(['to-bob', 'to-all']);
    expect(ann.topics).toEqual(['to-all']);
    await engine.closeRoom('data');
    await until('both to know that it is over', () => ann.gone && bob.gone);
  });

  it('says nothing of what it does not measure', async () => {
    expect(await engine.stats('never-was')).toEqual([]);
  });

  describe('the one of two clients with one identity', () => {
    it('that came first is replaced', async () => {
      await engine.openRoom(spec('double'));
      const first = await enter('double', 'ann');
      const second = await enter('double', 'ann');
      await until('the first to be gone', () => first.gone);
      expect(second.gone).toBe(false);
      expect(await engine.members('double')).toHaveLength(1);
      await second.leave();
      await engine.closeRoom('double');
    });
  });
}
