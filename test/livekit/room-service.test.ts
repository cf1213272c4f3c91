import {
  ClientInfo,
  ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  WrappedJoinRequest,
} from '@livekit/protocol';
import { DataPacket_Kind, TrackSource } from 'livekit-server-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Rooms } from './rooms.ts';
import { OURS, startRooms } from './rooms.ts';
import { SignalClient } from './signal-client.ts';

let rooms: Rooms;
let room: string;
let count = 0;

beforeAll(async () => {
  rooms = await startRooms();
});
afterAll(() => rooms.close());
beforeEach(() => {
  room = `service-${Date.now()}-${++count}`;
});

describe("LiveKit's server SDK", () => {
  it('makes, lists, changes and ends rooms', async () => {
    const made = await rooms.service.createRoom({
      name: room,
      emptyTimeout: 77,
      maxParticipants: 5,
      metadata: 'm',
    });
    expect(made).toMatchObject({
      name: room,
      emptyTimeout: 77,
      maxParticipants: 5,
      metadata: 'm',
      numParticipants: 0,
    });
    expect(made.sid).toMatch(/^RM_/);
    // Once more is the same room.
    expect((await rooms.service.createRoom({ name: room })).sid).toBe(made.sid);
    await rooms.service.createRoom({ name: `${room}-other` });
    expect((await rooms.service.listRooms([room])).map(({ sid }) => sid)).toEqual([made.sid]);
    expect((await rooms.service.listRooms()).map(({ name }) => name)).toContain(`${room}-other`);
    expect(await rooms.service.updateRoomMetadata(room, 'new')).toMatchObject({ metadata: 'new' });
    await rooms.service.deleteRoom(room);
    expect(await rooms.service.listRooms([room])).toEqual([]);
    await rooms.service.deleteRoom(`${room}-other`);
  });

  it('is told what is not there in LiveKit’s words', async () => {
    await expect(rooms.service.deleteRoom(room)).rejects.toThrow('requested room does not exist');
    await expect(rooms.service.updateRoomMetadata(room, 'm')).rejects.toThrow(
      'requested room does not exist',
    );
    await expect(rooms.service.getParticipant(room, 'ann')).rejects.toThrow('participant does not exist');
    await rooms.service.createRoom({ name: room });
    await expect(rooms.service.getParticipant(room, 'ann')).rejects.toThrow('participant does not exist');
    await expect(rooms.service.removeParticipant(room, 'ann')).rejects.toThrow('participant does not exist');
    expect(await rooms.service.listParticipants(room)).toEqual([]);
    await rooms.service.deleteRoom(room);
  });

  it('sees, changes and removes who is there', async () => {
    const ann = await SignalClient.join(rooms, 'ann', room);
    expect(await rooms.service.listParticipants(room)).toMatchObject([
      { identity: 'ann', name: "ann's name" },
    ]);
    await rooms.service.updateParticipant(room, 'ann', {
      metadata: 'm',
      name: 'Ann',
      attributes: { a: '1' },
      permission: { canPublish: true, canSubscribe: false, canPublishSources: [TrackSource.MICROPHONE] },
    });
    const changed = await rooms.service.getParticipant(room, 'ann');
    expect(changed).toMatchObject({ metadata: 'm', name: 'Ann', attributes: { a: '1' } });
    expect(changed.permission).toMatchObject({ canPublish: true, canSubscribe: false });
    await ann.next('update', ({ participants }) => participants[0]?.metadata === 'm');
    await rooms.service.sendData(room, new TextEncoder().encode('x'), DataPacket_Kind.RELIABLE, {
      topic: 't',
    });
    await rooms.service.removeParticipant(room, 'ann');
    // LiveKit's PARTICIPANT_REMOVED.
    await ann.next('leave', ({ reason }) => reason === 4);
    await ann.closed;
    expect(await rooms.service.listParticipants(room)).toEqual([]);
    await rooms.service.deleteRoom(room);
  });

  it('moves and forwards nobody, as LiveKit’s open server does', async () => {
    await SignalClient.join(rooms, 'ann', room);
    for (const method of ['moveParticipant', 'forwardParticipant'] as const) {
      await expect(rooms.service[method](room, 'ann', `${room}-other`), method).rejects.toThrow(
        'not implemented',
      );
    }
    expect(await rooms.service.listParticipants(room)).toMatchObject([{ identity: 'ann' }]);
    await rooms.service.deleteRoom(room);
  });

  // LiveKit's open server lets them in again.
  it.runIf(OURS)('who was removed does not come back with the token of before', async () => {
    const token = await rooms.token('ann', room);
    await SignalClient.join(rooms, 'ann', room, { token });
    const now = BigInt(Math.floor(Date.now() / 1000) + 1);
    await rooms.service.removeParticipant(room, 'ann', { revokeTokenTs: now });
    const again = await SignalClient.open(`${rooms.wsUrl}/rtc?access_token=${token}`);
    await again.next('leave');
    expect(again.heard('join')).toEqual([]);
    await rooms.service.deleteRoom(room);
  });
});

it('a client of the newer protocol has one connection, on which it offers', async () => {
  await expect(SignalClient.open(`${rooms.wsUrl}/rtc/v1`)).rejects.toThrow('401');
  const asked = new JoinRequest({
    clientInfo: new ClientInfo({ sdk: ClientInfo_SDK.GO, protocol: 17 }),
    connectionSettings: new ConnectionSettings({ autoSubscribe: true }),
  });
  const wrapped = new WrappedJoinRequest({ joinRequest: asked.toBinary() });
  const request = Buffer.from(wrapped.toBinary()).toString('base64url');
  const token = await rooms.token('ann', room);
  const ann = await SignalClient.open(`${rooms.wsUrl}/rtc/v1?access_token=${token}&join_request=${request}`);
  expect((await ann.next('join')).subscriberPrimary).toBe(false);
  ann.send({ case: 'ping', value: 1n });
  await ann.next('pong');
  expect(ann.heard('offer')).toEqual([]);
  await rooms.service.deleteRoom(room);
});
