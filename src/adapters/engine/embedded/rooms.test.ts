import {
  CreateRoomRequest,
  DisconnectReason,
  LeaveRequest_Action,
  ListRoomsRequest,
  MuteRoomTrackRequest,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
  RoomConfiguration,
  RoomParticipantIdentity,
  UpdateParticipantMetadata,
  UpdateParticipantRequest,
  UpdateRoomMetadataRequest,
} from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { asking, camera, FakeClient, section, settled, tell, World } from './rooms.fixture.ts';

describe('coming in', () => {
  it('is answered by join first, with everybody who is there', async () => {
    const world = new World();
    await world.enter('a');
    const { client } = await world.join('b', { grant: { canUpdateOwnMetadata: false } });
    expect(client.cases()[0]).toBe('join');
    const join = client.last('join');
    expect(join.room?.name).toBe('r');
    expect(join.room?.sid).toMatch(/^RM_/);
    expect(join.room?.numParticipants).toBe(2);
    expect(join.participant).toMatchObject({ identity: 'b', name: 'B', state: ParticipantInfo_State.JOINED });
    expect(join.participant?.sid).toMatch(/^PA_/);
    expect(join.participant?.permission).toMatchObject({ canPublish: true, canUpdateMetadata: false });
    expect(join.otherParticipants.map(({ identity }) => identity)).toEqual(['a']);
    expect(join).toMatchObject({
      subscriberPrimary: true,
      fastPublish: true,
      pingInterval: 5,
      pingTimeout: 15,
    });
    expect(join.serverInfo).toMatchObject({ version: '1.13.5', protocol: 16 });
    expect(join.enabledPublishCodecs.map(({ mime }) => mime)).toContain('video/H264');
  });

  it('is told to the others at once, again when the connection is up, and when it leaves', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.join('b');
    expect(a.client.knows('b')?.state).toBe(ParticipantInfo_State.JOINED);
    b.peer.events.state(1, 'connected');
    expect(a.client.knows('b')?.state).toBe(ParticipantInfo_State.ACTIVE);
    b.session.leave(DisconnectReason.CLIENT_INITIATED);
    expect(a.client.knows('b')).toMatchObject({
      state: ParticipantInfo_State.DISCONNECTED,
      disconnectReason: DisconnectReason.CLIENT_INITIATED,
    });
    const versions = a.client.all('update').map(({ participants }) => participants[0]?.version ?? 0);
    expect(versions).toEqual([...versions].sort((x, y) => x - y));
    expect(new Set(versions).size).toBe(versions.length);
    expect(world.events).toEqual([
      'room_started',
      'participant_joined a',
      'participant_joined b',
      'participant_left b',
    ]);
    expect(b.peer.closed).toBe(true);
  });

  it('hides who is hidden', async () => {
    const world = new World();
    const a = await world.enter('a');
    await world.enter('recorder', { grant: { hidden: true } });
    const c = await world.join('c');
    expect(a.client.knows('recorder')).toBeUndefined();
    expect(c.client.last('join').otherParticipants.map(({ identity }) => identity)).toEqual(['a']);
  });

  it('ends the session of the same identity that was there', async () => {
    const world = new World();
    const other = await world.enter('other');
    const first = await world.enter('a');
    const second = await world.enter('a');
    expect(first.client.last('leave')).toMatchObject({
      reason: DisconnectReason.DUPLICATE_IDENTITY,
      action: LeaveRequest_Action.DISCONNECT,
    });
    expect(first.client.ended).toBe(DisconnectReason.DUPLICATE_IDENTITY);
    expect(other.client.knows('a')).toMatchObject({
      sid: second.session.sid,
      state: ParticipantInfo_State.ACTIVE,
    });
    // Clients of today take the new session for the end of the old one.
    const states = other.client
      .all('update')
      .flatMap(({ participants }) => participants.map(({ state }) => state));
    expect(states).not.toContain(ParticipantInfo_State.DISCONNECTED);
  });

  it('is refused when the room is full, but not to a dependent or to who replaces himself', async () => {
    const world = new World();
    const roomConfig = new RoomConfiguration({ maxParticipants: 1, metadata: 'm' });
    const a = await world.enter('a', { roomConfig });
    expect(a.client.last('join').room).toMatchObject({ maxParticipants: 1, metadata: 'm' });
    await expect(world.join('b')).rejects.toMatchObject({ code: 'limit', key: 'room.full' });
    await world.enter('agent', { kind: ParticipantInfo_Kind.AGENT });
    await world.enter('a');
  });

  it('is refused where rooms are not made by joining, and while no worker is there', async () => {
    const world = new World({ autoCreate: false });
    await expect(world.join('a')).rejects.toMatchObject({ code: 'not_found', key: 'room.unknown' });
    await world.rooms.service.createRoom(new CreateRoomRequest({ name: 'r' }));
    world.plane.full = true;
    await expect(world.join('a')).rejects.toMatchObject({ code: 'unavailable' });
    world.plane.full = false;
    await world.join('a');
  });

  it('is refused with more to be called than everybody else is to be sent', async () => {
    const world = new World();
    const refused = { code: 'invalid', details: { field: 'attributes' } };
    await expect(world.join('a', { attributes: { x: 'x'.repeat(65_536) } })).rejects.toMatchObject(refused);
    expect(world.rooms.all()).toEqual([]);
  });

  it('gives a device no codec that it cannot encode', async () => {
    const world = new World();
    const client = asking('a', new FakeClient()).client.clone();
    Object.assign(client, { deviceModel: 'Xiaomi 2201117TI', os: 'Android' });
    const { client: seen } = await world.join('a', { client });
    expect(seen.last('join').enabledPublishCodecs.map(({ mime }) => mime)).toEqual([
      'video/VP8',
      'video/VP9',
      'audio/opus',
    ]);
  });

  it('sends a token with the rights of the moment, first, every five minutes and when they change', async () => {
    const world = new World();
    const renew = async (now: { grant: { canPublish: boolean }; metadata: string }) =>
      `${now.grant.canPublish} ${now.metadata}`;
    const { client } = await world.enter('a', { renew });
    expect(client.all('refreshToken')).toEqual(['true ']);
    await world.rooms.service.updateParticipant(
      new UpdateParticipantRequest({
        room: 'r',
        identity: 'a',
        metadata: 'm',
        permission: new ParticipantPermission({ canSubscribe: true }),
      }),
    );
    await settled();
    expect(client.last('refreshToken')).toBe('false m');
    world.pass(300);
    await settled();
    expect(client.all('refreshToken').length).toBe(3);
  });

  it.each([
    ['publish', { canPublish: true, canSubscribe: false, canPublishData: true }],
    ['subscribe', { canPublish: false, canSubscribe: true, canPublishData: false }],
  ] as const)(
    'of a client that can only %s lets it do no more, whatever it is permitted',
    async (only, left) => {
      const world = new World();
      await world.join('a', { only });
      const permission = async () => (await world.rooms.service.getParticipant('r', 'a')).permission;
      expect(await permission()).toMatchObject(left);
      const all = { canPublish: true, canSubscribe: true, canPublishData: true, canUpdateMetadata: true };
      await world.rooms.service.updateParticipant(
        new UpdateParticipantRequest({
          room: 'r',
          identity: 'a',
          permission: new ParticipantPermission(all),
        }),
      );
      expect(await permission()).toMatchObject({ ...left, canUpdateMetadata: true });
    },
  );
});

describe('the end of a room', () => {
  it('comes after its time without anybody, who is no dependent', async () => {
    const world = new World();
    await world.rooms.service.createRoom(new CreateRoomRequest({ name: 'empty', emptyTimeout: 100 }));
    const { session } = await world.enter('a');
    const agent = await world.enter('agent', { kind: ParticipantInfo_Kind.AGENT });
    world.pass(99);
    expect(world.rooms.get('empty')).toBeDefined();
    world.pass(1);
    expect(world.rooms.get('empty')).toBeUndefined();
    session.leave(DisconnectReason.CLIENT_INITIATED);
    world.pass(19);
    expect(world.rooms.get('r')).toBeDefined();
    world.pass(1);
    expect(world.rooms.get('r')).toBeUndefined();
    expect(agent.client.last('leave').reason).toBe(DisconnectReason.ROOM_CLOSED);
    await settled();
    expect(world.plane.rooms).toBe(0);
    expect(world.events.filter((event) => event === 'room_finished').length).toBe(2);
  });

  it('comes with a reason when it is deleted, and the next join makes another room', async () => {
    const world = new World();
    const { client } = await world.enter('a');
    await world.rooms.service.deleteRoom('r');
    expect(client.last('leave').reason).toBe(DisconnectReason.ROOM_DELETED);
    await expect(world.rooms.service.deleteRoom('r')).rejects.toMatchObject({ key: 'room.unknown' });
    const again = await world.enter('a');
    expect(again.client.last('join').room?.sid).not.toBe(client.last('join').room?.sid);
  });

  it('does not come with its worker: everybody is asked back into the same room', async () => {
    const world = new World();
    const a = await world.enter('a');
    world.plane.die();
    expect(a.client.last('leave').action).toBe(LeaveRequest_Action.RECONNECT);
    const again = await world.enter('a');
    expect(again.client.last('join').room?.sid).toBe(a.client.last('join').room?.sid);
    expect(world.events).not.toContain('room_finished');
  });
});

describe('the room service', () => {
  it('makes a room once and lists rooms by name', async () => {
    const { rooms } = new World();
    const first = await rooms.service.createRoom(new CreateRoomRequest({ name: 'x', metadata: 'm' }));
    const second = await rooms.service.createRoom(new CreateRoomRequest({ name: 'x', metadata: 'other' }));
    expect(second).toMatchObject({ sid: first.sid, metadata: 'm', emptyTimeout: 300, departureTimeout: 20 });
    await rooms.service.createRoom(new CreateRoomRequest({ name: 'y' }));
    const named = await rooms.service.listRooms(new ListRoomsRequest({ names: ['y', 'z', 'y'] }));
    expect(named.map(({ name }) => name)).toEqual(['y']);
    expect((await rooms.service.listRooms(new ListRoomsRequest())).length).toBe(2);
  });

  it('removes somebody for good: tokens of before are void', async () => {
    const world = new World();
    const { client } = await world.enter('a');
    world.now += 5000;
    await world.rooms.service.removeParticipant(new RoomParticipantIdentity({ room: 'r', identity: 'a' }));
    expect(client.last('leave').reason).toBe(DisconnectReason.PARTICIPANT_REMOVED);
    await expect(world.join('a')).rejects.toMatchObject({ code: 'forbidden', key: 'room.removed' });
    await world.join('a', { issuedAt: world.now + 1000 });
    await expect(
      world.rooms.service.removeParticipant(new RoomParticipantIdentity({ room: 'r', identity: 'b' })),
    ).rejects.toMatchObject({ key: 'room.no_member' });
  });

  it('keeps out who is removed while coming in, and whose token was renewed while being removed', async () => {
    const world = new World();
    const looked = Promise.withResolvers<void>();
    const removing = Promise.withResolvers<void>();
    const { removals } = world.rooms.options;
    const { lastOf, remember } = removals;
    Object.assign(removals, {
      // Looked up before the removal, told after it.
      lastOf: async (room: string, identity: string) => {
        const at = await lastOf(room, identity);
        await looked.promise;
        return at;
      },
    });
    const coming = world.join('a');
    world.now += 1;
    await world.rooms.voidTokens('r', 'a', world.now);
    looked.resolve();
    await expect(coming).rejects.toMatchObject({ key: 'room.removed' });

    const renewed: number[] = [];
    const b = await world.enter('b', { renew: async () => String(renewed.push(world.now)) });
    const slow = async (room: string, identity: string, at: number) => {
      await removing.promise;
      await remember(room, identity, at);
    };
    Object.assign(removals, { remember: slow });
    world.now += 1000;
    await tell(b.session, named('before'));
    const done = world.rooms.service.removeParticipant(
      new RoomParticipantIdentity({ room: 'r', identity: 'b' }),
    );
    await tell(b.session, named('meanwhile'));
    removing.resolve();
    await done;
    const [last = 0] = renewed.slice(-1);
    await expect(world.join('b', { issuedAt: last })).rejects.toMatchObject({ key: 'room.removed' });
    expect(renewed).toHaveLength(2);
    await world.join('b', { issuedAt: world.now + 1 });
  });

  it('removes the further connections of somebody with them, and lets none of them in again', async () => {
    const world = new World();
    const first = await world.enter('a');
    const second = await world.enter('a#screen', { signedFor: 'a' });
    world.now += 1000;
    const a = new RoomParticipantIdentity({ room: 'r', identity: 'a' });
    await world.rooms.service.removeParticipant(a);
    for (const { client } of [first, second]) expect(client.last('leave')).toMatchObject({ reason: 4 });
    await expect(world.join('a#other', { signedFor: 'a' })).rejects.toMatchObject({ key: 'room.removed' });
  });

  it('removes whoever has the name when the removal is known', async () => {
    const world = new World();
    await world.enter('a');
    const { remember } = world.rooms.options.removals;
    let second: FakeClient | undefined;
    Object.assign(world.rooms.options.removals, {
      remember: async (room: string, identity: string, at: number) => {
        second = (await world.enter('a')).client;
        await remember(room, identity, at);
      },
    });
    const a = new RoomParticipantIdentity({ room: 'r', identity: 'a' });
    await world.rooms.service.removeParticipant(a);
    expect(second?.last('leave').reason).toBe(DisconnectReason.PARTICIPANT_REMOVED);
    expect(await world.rooms.service.listParticipants('r')).toEqual([]);
  });

  it('mutes a track of somebody, but never unmutes it', async () => {
    const world = new World();
    const a = await world.enter('a');
    await tell(a.session, camera('c1'));
    a.peer.offered = [section('c1')];
    await tell(a.session, { case: 'offer', value: { sdp: 'o', id: 1 } as never });
    const trackSid = a.client.last('trackPublished').track?.sid ?? '';
    const asked = { room: 'r', identity: 'a', trackSid };
    const { service } = world.rooms;
    const track = await service.mutePublishedTrack(new MuteRoomTrackRequest({ ...asked, muted: true }));
    expect(track).toMatchObject({ sid: trackSid, muted: true });
    expect(a.client.last('mute')).toMatchObject({ sid: trackSid, muted: true });
    expect(a.peer.sources[0]?.paused).toBe(true);
    await expect(
      service.mutePublishedTrack(new MuteRoomTrackRequest({ ...asked, muted: false })),
    ).rejects.toMatchObject({ code: 'unsupported', key: 'room.remote_unmute' });
    await expect(
      service.mutePublishedTrack(new MuteRoomTrackRequest({ ...asked, trackSid: 'TR_none', muted: true })),
    ).rejects.toMatchObject({ key: 'room.no_track' });
  });

  it('changes attributes one by one, deletes those that are empty, and everybody is told', async () => {
    const world = new World();
    const a = await world.enter('a', { attributes: { kept: '1', gone: '2' } });
    const b = await world.enter('b');
    const attributes = { gone: '', added: '3' };
    const asked = { room: 'r', identity: 'a', attributes };
    await world.rooms.service.updateParticipant(new UpdateParticipantRequest(asked));
    for (const { client } of [a, b]) {
      expect(client.knows('a')).toMatchObject({ attributes: { kept: '1', added: '3' }, name: 'A' });
    }
    const large = new UpdateParticipantRequest({ ...asked, attributes: { x: 'x'.repeat(65_536) } });
    await expect(world.rooms.service.updateParticipant(large)).rejects.toMatchObject({
      code: 'invalid',
      details: { field: 'attributes' },
    });
  });

  it("tells everybody of the room's metadata", async () => {
    const world = new World();
    const { client } = await world.enter('a');
    const asked = new UpdateRoomMetadataRequest({ room: 'r', metadata: 'new' });
    expect((await world.rooms.service.updateRoomMetadata(asked)).metadata).toBe('new');
    expect(client.last('roomUpdate').room?.metadata).toBe('new');
    await expect(world.rooms.service.moveParticipant()).rejects.toMatchObject({ key: 'room.cloud_only' });
  });
});

const named = (name: string) =>
  ({ case: 'updateMetadata', value: new UpdateParticipantMetadata({ name }) }) as const;
