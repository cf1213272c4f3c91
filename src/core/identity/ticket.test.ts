import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PeopleWorld } from '../users/people.fixture.ts';
import { OWN_SECRET, peopleWorld, START } from '../users/people.fixture.ts';
import { TICKET_TTL_S, Tickets } from './ticket.ts';

let world: PeopleWorld;
let tickets: Tickets;
beforeEach(async () => {
  world = await peopleWorld();
  const { store, codec, clock } = world;
  tickets = new Tickets({ store, codec, clock, secret: OWN_SECRET });
});
afterEach(() => world.close());

const outcome = (asked: Promise<unknown>) =>
  asked.then(
    () => 'accepted',
    (error) => error.key,
  );

describe('tickets', () => {
  it('say whose they are, about one subject, for five minutes', async () => {
    const ann = await world.people.put('ann', {});
    const ticket = await tickets.issue(ann, 'meeting:17', 'tok_1');
    expect(await tickets.check(ticket, 'meeting:17')).toMatchObject({
      kind: 'user',
      user: { uid: 'ann' },
      expiresAt: START + TICKET_TTL_S * 1000,
    });
    expect(await outcome(tickets.check(ticket, 'meeting:18'))).toBe('auth.invalid');
    world.clock.turn(TICKET_TTL_S * 1000);
    expect(await outcome(tickets.check(ticket, 'meeting:17'))).toBe('auth.expired');
  });

  it('are known by the token they were asked with, so that what keeps or cuts the one does the other', async () => {
    const ann = await world.people.put('ann', {});
    const { jti } = await world.identity.issue(ann);
    const ticket = await tickets.issue(ann, 'meeting:17', jti);
    expect(await tickets.check(ticket, 'meeting:17')).toMatchObject({ jti });
  });

  it('are no tokens, and tokens are none', async () => {
    const ann = await world.people.put('ann', {});
    const ticket = await tickets.issue(ann, 'meeting:17', 'tok_1');
    expect(await outcome(world.identity.authenticate(ticket))).toBe('auth.invalid');
    const { token } = await world.identity.issue(ann);
    expect(await outcome(tickets.check(token, 'meeting:17'))).toBe('auth.invalid');
    expect(await outcome(tickets.check('nonsense', 'meeting:17'))).toBe('auth.invalid');
  });

  it('end with a sign-out and a ban', async () => {
    const ann = await world.people.put('ann', {});
    const ticket = await tickets.issue(ann, 'meeting:17', 'tok_1');
    await world.people.revoke(ann);
    expect(await outcome(tickets.check(ticket, 'meeting:17'))).toBe('auth.invalid');
  });
});
