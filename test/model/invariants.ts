import { expect } from 'vitest';
import type { Call } from '../../src/core/calls/index.ts';
import { durationS, isEngaged, isLive, isPending } from '../../src/core/calls/index.ts';
import type { LoggedEvent } from '../../src/core/events.ts';
import type { World } from './world.ts';

/** What must hold after every step, whatever the order, the doubles and the crashes before it. */
export async function checkInvariants(world: World): Promise<void> {
  const calls = await world.all();
  await checkEngagements(world, calls);
  for (const call of calls) {
    checkCall(call, world);
    // A log that has not grown since the last look is as it was.
    if (world.checked.get(call.id) === call.version) continue;
    checkLog(call, await world.store.read.events.ofSubject(call.id, 0, 1000));
    world.checked.set(call.id, call.version);
  }
}

/** Busy and glare: somebody is in one live call at most, and exactly while their leg says so (rules 3, 4). */
async function checkEngagements(world: World, calls: readonly Call[]) {
  for (const user of world.users) {
    const mine = calls.filter((call) => call.legs.some((leg) => leg.userId === user.id && isEngaged(leg)));
    const held = await world.store.read.calls.liveOf(user.id);
    expect(
      mine.map((call) => call.id),
      `the calls that ${user.uid} is in`,
    ).toEqual(held ? [held.id] : []);
  }
}

function checkCall(call: Call, world: World) {
  const joined = call.legs.filter((leg) => leg.state === 'joined');
  const callees = call.legs.filter((leg) => leg.uid !== call.callerId);
  if (isLive(call)) {
    expect(call.endedAt, 'a live call has not ended').toBeNull();
    if (call.state === 'connected')
      expect(joined.length, 'people in a connected call').toBeGreaterThanOrEqual(2);
    else {
      expect(
        joined.map((leg) => leg.uid),
        'only its caller is in a call that rings',
      ).toEqual([call.callerId]);
      expect(callees.some(isPending), 'a call that rings rings somebody').toBe(true);
    }
    for (const leg of call.legs.filter(isEngaged)) checkDeadline(leg, world);
    if (call.media === 'p2p') {
      expect(call.legs.filter(isEngaged).length).toBeLessThanOrEqual(world.calls.rules.meshLimit);
    }
  } else {
    expect(call.endedAt, 'an ended call has its time').not.toBeNull();
    expect(call.endReason, 'and its reason').not.toBeNull();
    expect(call.legs.filter(isEngaged), 'and holds nobody').toEqual([]);
    expect(call.state === 'ended', 'ended means it was connected once').toBe(call.connectedAt !== null);
  }
  if (call.connectedAt === null) expect(durationS(call, world.now)).toBe(0);
  const uids = call.legs.map((leg) => leg.uid);
  expect(new Set(uids).size, 'one leg a person').toBe(uids.length);
  expect(call.legs.map((leg) => leg.place)).toEqual(call.legs.map((_, i) => i));
}

/** Rule 2: nobody can be held for ever. Whoever rings, is lost, or has no socket has a deadline. */
function checkDeadline(leg: Call['legs'][number], world: World) {
  const socketless = leg.state === 'joined' && leg.device !== null && !world.sockets.has(leg.device);
  if (isPending(leg) || leg.lostAt !== null || !leg.bound || socketless) {
    expect(leg.deadlineAt, `a deadline for ${leg.uid}, ${leg.state}`).not.toBeNull();
  }
}

/** I5 and rule 1: numbers without gaps, one beginning, one connection, one end, joined before left. */
function checkLog(call: Call, events: readonly LoggedEvent[]) {
  expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
  expect(call.version).toBe(events.length);
  const types = events.map((event) => event.type);
  const ends = ['call.ended', 'call.rejected', 'call.missed', 'call.cancelled'];
  expect(types[0]).toBe('call.placed');
  expect(types.filter((type) => type === 'call.placed')).toHaveLength(1);
  expect(types.filter((type) => type === 'call.connected').length).toBe(call.connectedAt === null ? 0 : 1);
  const ending = types.findIndex((type) => ends.includes(type));
  expect(ending, 'the end is the last event').toBe(isLive(call) ? -1 : types.length - 1);
  for (const leg of call.legs) {
    const own = events.filter((event) => event.data.uid === leg.uid).map((event) => event.type);
    let inside = leg.uid === call.callerId;
    for (const type of own) {
      if (type === 'leg.joined') {
        expect(inside, `${leg.uid} joins from outside`).toBe(false);
        inside = true;
      }
      if (type === 'leg.left') {
        expect(inside, `${leg.uid} left from inside`).toBe(true);
        inside = false;
      }
    }
    expect(inside).toBe(leg.state === 'joined');
  }
}
