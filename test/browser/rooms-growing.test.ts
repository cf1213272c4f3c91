import { expect, it } from 'vitest';
import { connect, seeAndHearEachOther } from '../support/browser-person.ts';
import { RoomPerson } from '../support/browser-room.ts';
import { roomsWorld } from '../support/browser-world.ts';
import { waitFor } from '../support/wait-for.ts';

const world = roomsWorld();

/** Keeps how long at most no sound has arrived in the page, on whichever connection. */
function listen(): void {
  const heard = { longest: 0, last: performance.now(), packets: 0 };
  Object.assign(globalThis, { heard });
  setInterval(async () => {
    let packets = 0;
    for (const peer of kept.peers) {
      if (peer.connectionState === 'closed') continue;
      for (const one of (await peer.getStats()).values()) {
        if (one.type === 'inbound-rtp' && one.kind === 'audio') packets += one.packetsReceived ?? 0;
      }
    }
    const now = performance.now();
    if (packets > heard.packets) heard.last = now;
    heard.packets = packets;
    heard.longest = Math.max(heard.longest, now - heard.last);
  }, 50);
}

it('a call of two becomes a room when a third person is asked in: all see and hear all, with the same call going on', async () => {
  const [ann, bob, cy] = await world.people(['ann', 'bob', 'cy']);
  await connect(ann, bob);
  await seeAndHearEachOther(ann, bob);
  const id = await ann.page.evaluate(() => kept.frames.find((one) => one.data.callId)?.data.callId);
  await bob.page.evaluate(listen);

  await ann.press('Add people');
  const dialog = ann.page.getByRole('dialog', { name: 'Add people to the call' });
  await dialog.getByText(cy.name, { exact: true }).click();
  await ann.press(dialog.getByRole('button', { name: /^Add/ }).last());
  await cy.isRungBy(ann);
  await cy.answer();
  const people = [ann, bob, cy].map((person) => new RoomPerson(person));
  await Promise.all([ann, bob, cy].map((person) => person.status('Connected')));
  await Promise.all(
    people.flatMap((one) => people.filter((other) => other !== one).map((other) => one.sees(other))),
  );
  await Promise.all(people.map((one) => one.hears(2)));
  const upgraded = await bob.page.evaluate(() =>
    kept.frames.filter(({ type }) => type === 'call:upgraded').map(({ data }) => data.callId),
  );
  expect(new Set(upgraded)).toEqual(new Set([id]));
  // The connection of the two is closed once the room's media flows.
  await waitFor(
    () =>
      ann.page.evaluate(
        () => kept.peers.filter(({ connectionState }) => connectionState === 'connected').length === 2,
      ),
    { reason: 'two connections to the room, and none to each other', timeoutMs: 20_000 },
  );
  const { longest } = await bob.page.evaluate(
    () => (globalThis as unknown as { heard: { longest: number } }).heard,
  );
  expect(longest).toBeLessThan(1000);

  await ann.press('Speaker view');
  await ann.button('Grid').waitFor();
  await cy.press('Leave call');
  await ann.pictureOf(cy).waitFor({ state: 'detached' });
  // When two remain it stays a room.
  await Promise.all([people[0]?.hears(1), people[1]?.hears(1), ann.sees(bob), bob.sees(ann)]);
  await ann.hangUp();
  await Promise.all([ann.status('Call ended'), bob.status('Call ended')]);
});
