import { DisconnectReason, dispose, Room, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { hearsTone, publishPicture, publishTone, seesBar, trackTo } from './native.ts';
import type { Rooms } from './rooms.ts';
import { OURS, startRooms } from './rooms.ts';

let rooms: Rooms;
let room: string;
let count = 0;
const here: Room[] = [];
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  rooms = await startRooms();
});
afterAll(async () => {
  await dispose();
  await rooms.close();
});
beforeEach(() => {
  room = `native-${Date.now()}-${++count}`;
});
afterEach(async () => {
  await Promise.all(here.splice(0).map((one) => one.disconnect()));
  await Promise.all(ends.splice(0).map((end) => end()));
});

async function join(identity: string, grant = {}): Promise<Room> {
  const client = new Room();
  here.push(client);
  await client.connect(rooms.wsUrl, await rooms.token(identity, room, grant), {
    autoSubscribe: true,
    dynacast: false,
  });
  return client;
}

/** Ann and Bob, each of whom knows that the other is there. */
async function pair(): Promise<[ann: Room, bob: Room]> {
  const ann = await join('ann');
  const bob = await join('bob');
  await waitFor(() => ann.remoteParticipants.has('bob') && bob.remoteParticipants.has('ann'), {
    reason: 'both to know of each other',
  });
  return [ann, bob];
}

/** A tone until the test is over; answers its track's sid. */
async function tone(client: Room, hertz: number): Promise<string> {
  const { sid, stop } = await publishTone(client, hertz);
  ends.push(stop);
  return sid;
}

describe('two native clients', () => {
  it('hear the tone that the other sends, each its own', async () => {
    const [ann, bob] = await pair();
    const [atAnn, atBob] = [trackTo(ann, TrackKind.KIND_AUDIO), trackTo(bob, TrackKind.KIND_AUDIO)];
    await tone(ann, 440);
    await tone(bob, 1_000);
    await Promise.all([hearsTone(await atBob, 440), hearsTone(await atAnn, 1_000)]);
  });

  it('see the bar that the other moves', async () => {
    const [ann, bob] = await pair();
    const arriving = trackTo(bob, TrackKind.KIND_VIDEO);
    ends.push((await publishPicture(ann)).stop);
    await seesBar(await arriving);
  });

  it.runIf(OURS)('are in the metrics, with what they send', async () => {
    const [ann, bob] = await pair();
    const arriving = trackTo(bob, TrackKind.KIND_AUDIO);
    await tone(ann, 440);
    await hearsTone(await arriving, 440);
    const figures = [
      /^parley_media_rooms [1-9]/m,
      /^parley_media_participants [2-9]/m,
      /^parley_media_tracks\{kind="audio"\} [1-9]/m,
      /^parley_media_bits_per_second\{direction="up",kind="audio"\} [1-9]/m,
      /^parley_media_bits_per_second\{direction="down",kind="audio"\} [1-9]/m,
      /^parley_media_packet_loss\{direction="down",quantile="0.99"\} 0/m,
      /^parley_media_round_trip_seconds\{quantile="0.5"\} 0\.\d*[1-9]/m,
      /^parley_media_worker_cpu_seconds\{worker="0"\} 0\.\d*[1-9]/m,
      /^parley_media_worker_consumers\{worker="0"\} [1-9]/m,
      /^parley_media_join_seconds_count [2-9]/m,
    ];
    let missing: RegExp[] = figures;
    await waitFor(
      async () => {
        const told = await (await fetch(`${rooms.url}/metrics`)).text();
        missing = figures.filter((figure) => !figure.test(told));
        return missing.length === 0 || Promise.reject(new Error(`missing: ${missing.join(' ')}`));
      },
      { reason: 'all figures of media', timeoutMs: 20_000, everyMs: 200 },
    );
  });

  it('come to those who come later', async () => {
    const ann = await join('ann');
    await tone(ann, 440);
    const bob = new Room();
    here.push(bob);
    const arriving = trackTo(bob, TrackKind.KIND_AUDIO);
    await bob.connect(rooms.wsUrl, await rooms.token('bob', room), { autoSubscribe: true, dynacast: false });
    await hearsTone(await arriving, 440);
  });

  it('are muted by who may, never unmuted, and take back what they publish', async () => {
    const [ann, bob] = await pair();
    const arriving = trackTo(bob, TrackKind.KIND_AUDIO);
    const sid = await tone(ann, 440);
    await arriving;
    const seen = () => bob.remoteParticipants.get('ann')?.trackPublications.get(sid);
    expect(seen()?.muted).toBe(false);
    expect(await rooms.service.mutePublishedTrack(room, 'ann', sid, true)).toMatchObject({
      sid,
      muted: true,
    });
    await waitFor(() => seen()?.muted === true, { reason: 'the track to be muted' });
    await expect(rooms.service.mutePublishedTrack(room, 'ann', sid, false)).rejects.toThrow(
      'remote unmute not enabled',
    );
    await ann.localParticipant?.unpublishTrack(sid);
    await waitFor(() => seen() === undefined, { reason: 'the track to be gone' });
  });
});

describe('data of native clients', () => {
  it('arrives whole, to everybody or to whom it is for', async () => {
    const [ann, bob] = await pair();
    const cat = await join('cat');
    const got: Record<string, string[]> = { bob: [], cat: [] };
    for (const [name, client] of [
      ['bob', bob],
      ['cat', cat],
    ] as const) {
      client.on(RoomEvent.DataReceived, (payload, from, _, topic) =>
        got[name]?.push(`${from?.identity} ${topic} ${new TextDecoder().decode(payload)}`),
      );
    }
    await waitFor(() => ann.remoteParticipants.size === 2, { reason: 'cat to be there' });
    const bytes = (text: string) => new TextEncoder().encode(text);
    await ann.localParticipant?.publishData(bytes('one'), { reliable: true, topic: 't' });
    await ann.localParticipant?.publishData(bytes('two'), {
      reliable: true,
      topic: 't',
      destination_identities: ['bob'],
    });
    await ann.localParticipant?.publishData(bytes('three'), { reliable: true, topic: 't' });
    await waitFor(() => got.bob?.length === 3 && got.cat?.length === 2, {
      reason: `all messages (${JSON.stringify(got)})`,
    });
    expect(got).toEqual({
      bob: ['ann t one', 'ann t two', 'ann t three'],
      cat: ['ann t one', 'ann t three'],
    });
  });

  it('streams as text of any length', async () => {
    const [ann, bob] = await pair();
    const text = Array.from({ length: 20_000 }, (_, n) => `${n},`).join('');
    const arrived = new Promise<string>((resolve, reject) => {
      bob.registerTextStreamHandler('long', (reader) => void reader.readAll().then(resolve, reject));
    });
    await ann.localParticipant?.sendText(text, { topic: 'long' });
    expect(await arrived).toBe(text);
  });

  it('asks and answers', async () => {
    const [ann, bob] = await pair();
    bob.localParticipant?.registerRpcMethod(
      'greet',
      async (asked) => `hello ${asked.payload} ${asked.callerIdentity}`,
    );
    const answer = await ann.localParticipant?.performRpc({
      destinationIdentity: 'bob',
      method: 'greet',
      payload: 'from',
    });
    expect(answer).toBe('hello from ann');
    const unknown = ann.localParticipant?.performRpc({
      destinationIdentity: 'bob',
      method: 'no',
      payload: '',
    });
    await expect(unknown).rejects.toMatchObject({ code: 1400 });
    // So does the server's own API.
    const token = await rooms.token('server', room, { roomAdmin: true });
    const perform = async (method: string) => {
      const answer = await fetch(`${rooms.url}/twirp/livekit.RoomService/PerformRpc`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ room, destination_identity: 'bob', method, payload: 'from' }),
      });
      return answer.json();
    };
    expect(await perform('greet')).toEqual({ payload: expect.stringMatching(/^hello from /) });
    expect(await perform('no')).toMatchObject({ code: 'invalid_argument' });
  });
});

describe('what native clients are told', () => {
  it('attributes, names and metadata that others change', async () => {
    const ann = await join('ann', { canUpdateOwnMetadata: true });
    const bob = await join('bob');
    const seen = await waitFor(() => bob.remoteParticipants.get('ann'), { reason: 'Ann to be there' });
    expect(seen.name).toBe("ann's name");
    await ann.localParticipant?.setAttributes({ a: '1' });
    await ann.localParticipant?.updateMetadata('mine');
    await waitFor(() => seen.attributes.a === '1' && seen.metadata === 'mine', { reason: 'both to arrive' });
  });

  it('who leaves, and that one was removed', async () => {
    const [ann, bob] = await pair();
    const reason = new Promise<DisconnectReason>((resolve) => bob.on(RoomEvent.Disconnected, resolve));
    await rooms.service.removeParticipant(room, 'bob');
    expect(await reason).toBe(DisconnectReason.PARTICIPANT_REMOVED);
    await waitFor(() => !ann.remoteParticipants.has('bob'), { reason: 'Bob to be gone' });
  });

  it('that another device has come in their place', async () => {
    const [ann, bob] = await pair();
    const reason = new Promise<DisconnectReason>((resolve) => bob.on(RoomEvent.Disconnected, resolve));
    await join('bob');
    expect(await reason).toBe(DisconnectReason.DUPLICATE_IDENTITY);
    await waitFor(() => ann.remoteParticipants.has('bob'), { reason: 'the new Bob to be there' });
  });

  it('that the room is over', async () => {
    const [ann] = await pair();
    const reason = new Promise<DisconnectReason>((resolve) => ann.on(RoomEvent.Disconnected, resolve));
    await rooms.service.deleteRoom(room);
    expect(await reason).toBe(DisconnectReason.ROOM_DELETED);
    expect(await rooms.service.listRooms([room])).toEqual([]);
  });
});
