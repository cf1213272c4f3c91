import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/databases.ts';
import { engineFor, type TestEngine, type Ticket } from '../support/engines.ts';
import { RtcClient } from '../support/rtc-client.ts';
import { waitFor } from '../support/wait-for.ts';
import { Mortal } from './mortal.ts';

/**
 * What `kill -9` may cost a room: its media for a moment, and nothing that was acknowledged. One crash of each
 * database's server finds both rooms.
 */
describe.concurrent.each(backends())('the rooms of a killed server on %s', (backend) => {
  let engine: TestEngine;
  let server: Mortal;
  let ann: RtcClient;

  const status = async (room: string) => (await server.ask('GET', `/api/rooms/${room}`)).body.data.status;
  const becomes = (room: string, wanted: number) =>
    waitFor(async () => (await status(room)) === wanted, {
      reason: `${room} to be ${wanted}`,
      timeoutMs: 40_000,
    });
  const parts = async (room: string) =>
    (await server.ask('GET', `/api/rooms/${room}/participants`)).body.data.map(
      (one: { uid: string; status: number }) => [one.uid, one.status],
    );
  const enter = ({ token }: Ticket) =>
    RtcClient.join((engine.url ?? server.url).replace('http', 'ws'), token);

  beforeAll(async () => {
    engine = await engineFor('embedded');
    server = await Mortal.boot(backend, {
      ...engine.env,
      RTC_ANNOUNCED_ADDRESS: '127.0.0.1',
      RING_TIMEOUT_S: '4',
      // Longer than clients take to come in on a busy machine.
      EMPTY_ROOM_TIMEOUT_S: '12',
      // Longer than a client takes to come back to a busy machine.
      DEPARTURE_TIMEOUT_S: '10',
    });
    engine.heardAt(server);
    const room = { creator: 'ann', room_name: 'media', max_participants: 3 };
    const made = await server.ask('POST', '/api/rooms', room);
    const came = await server.ask('POST', '/api/participants/join', { room_name: 'media', uid: 'bob' });
    const bobBefore = await enter(came.body.data);
    // His media is known: otherwise he has a minute to come with it.
    await becomes('media', 1);
    const annBefore = await enter(made.body.data);
    await waitFor(() => annBefore.room.remoteParticipants.size === 1, { reason: 'ann to see bob' });
    const asked = { creator: 'cid', room_name: 'asked', uids: ['dee'], max_participants: 3 };
    expect((await server.ask('POST', '/api/rooms', asked)).status).toBe(200);
    await server.crash(() => Promise.all([annBefore.leave(), bobBefore.leave()]));
    // By the ticket from before the crash.
    ann = await enter(made.body.data);
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await engine?.close();
  });

  it('end in time, and set their people free', async () => {
    await becomes('asked', 3);
    expect(await parts('asked')).toEqual([
      ['cid', 3],
      ['dee', 4],
    ]);
    const again = await server.ask('POST', '/api/rooms', { creator: 'cid', room_name: 'r2', uids: ['dee'] });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
  });

  it('go on for who comes back to their media, and lose who does not', async () => {
    await waitFor(async () => (await parts('media'))[1]?.[1] === 3, {
      reason: 'bob, who did not come back, to have left',
      timeoutMs: 30_000,
    });
    expect([await status('media'), await parts('media')]).toEqual([
      1,
      [
        ['ann', 1],
        ['bob', 3],
      ],
    ]);
    await ann.leave();
    await becomes('media', 2);
    const { body } = await server.ask('GET', '/api/v1/host/events?subject=room:media');
    expect(body.events.map(({ seq }: { seq: number }) => seq)).toEqual(
      body.events.map((_: unknown, i: number) => i + 1),
    );
  });
});
