import { expect } from 'vitest';
import { linkTo, roomGuests } from './browser-room.ts';
import type { BrowserWorld } from './browser-world.ts';
import { type Conference, tile } from './conference.ts';
import { sees } from './media.ts';
import { api } from './server.ts';
import { waitFor } from './wait-for.ts';

/**
 * A host's room, the same with every engine: the app's page and LiveKit's own components side by side; one is
 * removed, one reconnects, it ends once.
 */
export async function roomStory(world: BrowserWorld, pages: Conference): Promise<void> {
  const { server } = world;
  const [ann, bob] = await roomGuests(world, ['ann', 'bob']);
  const service = { token: server.service };
  const created = await api(server, 'POST', '/api/rooms', {
    ...service,
    body: {
      source_channel_id: 'channel_123',
      source_channel_type: 0,
      creator: ann.uid,
      room_name: 'meeting_001',
      call_type: 1,
      invite_on: 1,
      max_participants: 3,
      uids: [bob.uid],
    },
  });
  expect(created.body).toMatchObject({ code: 0, data: { room_name: 'meeting_001', status: 0 } });
  const joined = await api(server, 'POST', '/api/participants/join', {
    ...service,
    body: { room_name: 'meeting_001', uid: 'cat' },
  });
  const { token, livekit_url } = joined.body.data;
  const cat = await pages.open('cat', { url: livekit_url, token });
  for (const one of [ann, bob]) {
    await one.opens(linkTo(world, 'meeting_001'));
    await one.joins();
  }

  // Everybody sees everybody, whichever page they have; the two in the app hear two voices each.
  await Promise.all([
    ann.sees(bob),
    ann.sees({ uid: 'cat' }),
    bob.sees(ann),
    bob.sees({ uid: 'cat' }),
    ...['cat', ann.name, bob.name].map((name) =>
      sees(tile(cat, name).locator('video').first(), `${name} at cat`),
    ),
    ann.hears(2),
    bob.hears(2),
  ]);
  const status = async () => (await api(server, 'GET', '/api/rooms/meeting_001', service)).body.data.status;
  expect(await status()).toBe(1);

  // A reconnection: the socket goes, the session comes back by itself, and nobody has left.
  await cat.evaluate(() => {
    for (const socket of kept.sockets) socket.close();
  });
  await waitFor(
    () => cat.evaluate(() => kept.sockets.filter(({ readyState }) => readyState === 1).length > 0),
    {
      reason: 'the session to be taken up again',
      timeoutMs: 20_000,
    },
  );
  await Promise.all([
    ann.sees({ uid: 'cat' }),
    sees(tile(cat, ann.name).locator('video').first(), 'ann at cat'),
  ]);

  const removed = await api(server, 'PUT', `/api/rooms/meeting_001/participants/${bob.uid}/status`, {
    ...service,
    body: { status: 3 },
  });
  expect(removed.status).toBe(200);
  await bob.isOut('You were removed');
  await ann.pictureOf(bob).waitFor({ state: 'detached' });
  await tile(cat, bob.name).waitFor({ state: 'detached' });

  expect((await api(server, 'POST', '/api/rooms/meeting_001/end', service)).body).toMatchObject({ code: 0 });
  await ann.isOut('The room has ended');
  await tile(cat, ann.name).waitFor({ state: 'detached' });
  expect(await status()).toBe(2);
  const log = await api(server, 'GET', '/api/v1/host/events?subject=room:meeting_001&limit=100', service);
  const types: string[] = log.body.events.map(({ type }: { type: string }) => type);
  expect(types.filter((type) => type === 'room.finished')).toHaveLength(1);
  expect(types.filter((type) => type === 'room.started')).toHaveLength(1);
  expect(types.filter((type) => type === 'participant.left').length).toBeGreaterThanOrEqual(1);
}
