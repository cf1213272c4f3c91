import { LeaveRequest } from '@livekit/protocol';
import { WebhookReceiver } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receiver } from '../support/receiver.ts';
import { startReceiver } from '../support/receiver.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Rooms } from './rooms.ts';
import { startRooms } from './rooms.ts';
import { SignalClient } from './signal-client.ts';

let endpoint: Receiver;
let rooms: Rooms;

beforeAll(async () => {
  endpoint = await startReceiver();
  rooms = await startRooms({ webhookUrls: [endpoint.url] });
});
afterAll(async () => {
  await rooms.close();
  await endpoint.close();
});

/** What LiveKit's own receiver makes of what has come, of one room. */
async function events(room: string) {
  const receiver = new WebhookReceiver(rooms.key, rooms.secret);
  const all = await Promise.all(
    endpoint.received.map(({ text, headers }) => receiver.receive(text, headers.authorization)),
  );
  return all.filter((event) => event.room?.name === room);
}

describe("LiveKit's webhooks of the embedded engine", () => {
  it('tell of a room from its start to its end, in order, each once', async () => {
    await rooms.service.createRoom({ name: 'told' });
    await rooms.service.deleteRoom('told');
    await waitFor(async () => (await events('told')).length === 2, { reason: 'both events' });
    const told = await events('told');
    expect(told.map(({ event }) => event)).toEqual(['room_started', 'room_finished']);
    expect(new Set(told.map(({ id }) => id)).size).toBe(2);
    expect(told[0]?.room?.sid).toMatch(/^RM_/);
    expect(Math.abs(Number(told[0]?.createdAt) - Date.now() / 1000)).toBeLessThan(60);
    expect(endpoint.received[0]?.headers['content-type']).toBe('application/webhook+json');
  });

  it('tell of one whose media never came that the connection was not made', async () => {
    const ann = await SignalClient.join(rooms, 'ann', 'aborted');
    ann.send({ case: 'leave', value: new LeaveRequest() });
    await rooms.service.deleteRoom('aborted');
    await waitFor(async () => (await events('aborted')).at(-1)?.event === 'room_finished', {
      reason: 'the end of the room',
    });
    expect((await events('aborted')).map(({ event }) => event)).toEqual([
      'room_started',
      'participant_connection_aborted',
      'room_finished',
    ]);
  });
});
