import { availableParallelism } from 'node:os';
import { dispose, Room, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { hearsTone, publishPicture, publishTone, seesBar, trackTo } from './native.ts';
import type { Rooms } from './rooms.ts';
import { startRooms } from './rooms.ts';
import { SignalClient } from './signal-client.ts';

/** So many are on one worker before another is taken. */
const CROWD = 24;

let rooms: Rooms;
beforeAll(async () => {
  rooms = await startRooms();
});
afterAll(async () => {
  await dispose();
  await rooms.close();
});

async function join(identity: string): Promise<Room> {
  const client = new Room();
  const token = await rooms.token(identity, 'large');
  await client.connect(rooms.wsUrl, token, { autoSubscribe: true, dynacast: true });
  return client;
}

/** How many streams each worker sends. */
async function consumers(): Promise<number[]> {
  const told = await (await fetch(`${rooms.url}/metrics`)).text();
  return [...told.matchAll(/^parley_media_worker_consumers\{worker="\d"\} (\d+)/gm)].map(([, n]) =>
    Number(n),
  );
}

test('in a large room all see, hear and read each other, whichever worker carries them', async () => {
  const ann = await join('ann');
  const others = await Promise.all(
    Array.from({ length: CROWD - 1 }, (_, i) => SignalClient.join(rooms, `other${i}`, 'large')),
  );
  const bob = await join('bob');
  const clients = [ann, bob];
  try {
    await waitFor(() => ann.remoteParticipants.size === CROWD && bob.remoteParticipants.size === CROWD, {
      reason: 'everybody to be seen',
    });
    const tones = [trackTo(ann, TrackKind.KIND_AUDIO), trackTo(bob, TrackKind.KIND_AUDIO)] as const;
    const arriving = trackTo(bob, TrackKind.KIND_VIDEO);
    const speakers = new Set<string>();
    bob.on(RoomEvent.ActiveSpeakersChanged, (now) => {
      for (const { identity } of now) speakers.add(identity);
    });
    const stops = [await publishTone(ann, 440), await publishTone(bob, 1000), await publishPicture(ann)];
    await Promise.all([hearsTone(await tones[0], 1000), hearsTone(await tones[1], 440)]);
    await seesBar(await arriving);
    await waitFor(() => speakers.has('ann') && speakers.has('bob'), { reason: 'both to be heard speaking' });

    const read: string[] = [];
    bob.on(RoomEvent.DataReceived, (payload) => read.push(new TextDecoder().decode(payload)));
    const words = Array.from({ length: 20 }, (_, i) => `word ${i}`);
    for (const word of words)
      await ann.localParticipant?.publishData(new TextEncoder().encode(word), { reliable: true });
    await waitFor(() => read.length === words.length, { reason: 'every word' });
    expect(read).toEqual(words);

    const busy = (await consumers()).filter((count) => count > 0);
    expect(busy).toHaveLength(availableParallelism() > 1 ? 2 : 1);
    await Promise.all(stops.map(({ stop }) => stop()));
  } finally {
    for (const { ws } of others) ws.close();
    await Promise.all(clients.map((client) => client.disconnect()));
  }
});
