import {
  PublishDataTrackRequest,
  RequestResponse_Reason as Reason,
  SyncState,
  UnpublishDataTrackRequest,
  UpdateDataSubscription,
} from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { type FakeMember, FakeRoom } from './data.fixture.ts';

function publish(room: FakeRoom, member: FakeMember, pubHandle: number, name = `track ${pubHandle}`): string {
  const value = new PublishDataTrackRequest({ pubHandle, name });
  room.data.signalled(member, { case: 'publishDataTrackRequest', value });
  return room.data.tracks(member).find((track) => track.pubHandle === pubHandle)?.sid ?? '';
}

function want(room: FakeRoom, member: FakeMember, trackSid: string, subscribe = true): void {
  const value = new UpdateDataSubscription({ updates: [{ trackSid, subscribe }] });
  room.data.signalled(member, { case: 'updateDataSubscription', value });
}

/** Track sids by handle, as the member was told last. */
function handles(member: FakeMember): Record<string, string> {
  const last = member.heard('dataTrackSubscriberHandles').at(-1);
  return Object.fromEntries(
    Object.entries(last?.subHandles ?? {}).map(([handle, { trackSid }]) => [handle, trackSid]),
  );
}

function packet(handle: number, payload = 'data'): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x18;
  header.writeUInt16BE(handle, 2);
  return Buffer.concat([header, Buffer.from(payload)]);
}

function two() {
  const room = new FakeRoom();
  return { room, a: room.add('a'), b: room.add('b') };
}

describe('publishing data tracks', () => {
  it('answers with the id that the server gives, and shows the track', () => {
    const { room, a } = two();
    const sid = publish(room, a, 7, 'pose');
    expect(sid).toMatch(/^DTR_/);
    expect(a.heard('publishDataTrackResponse')).toMatchObject([
      { info: { sid, pubHandle: 7, name: 'pose' } },
    ]);
    expect(a.touches).toBe(1);
    const value = new UnpublishDataTrackRequest({ pubHandle: 7 });
    room.data.signalled(a, { case: 'unpublishDataTrackRequest', value });
    expect(a.heard('unpublishDataTrackResponse')).toMatchObject([{ info: { sid } }]);
    expect(room.data.tracks(a)).toEqual([]);
    expect(a.touches).toBe(2);
    room.data.signalled(a, { case: 'unpublishDataTrackRequest', value });
    expect(a.heard('requestResponse')).toMatchObject([{ reason: Reason.NOT_FOUND }]);
  });

  it('refuses as LiveKit does', () => {
    const { room, a } = two();
    publish(room, a, 1, 'one');
    publish(room, a, 1, 'other');
    publish(room, a, 2, 'one');
    publish(room, a, 0, 'x');
    publish(room, a, 65_536, 'x');
    publish(room, a, 3, '');
    publish(room, a, 3, 'x'.repeat(257));
    a.permission.canPublishData = false;
    publish(room, a, 4, 'four');
    expect(a.heard('requestResponse').map(({ reason }) => reason)).toEqual([
      Reason.DUPLICATE_HANDLE,
      Reason.DUPLICATE_NAME,
      Reason.INVALID_HANDLE,
      Reason.INVALID_HANDLE,
      Reason.INVALID_NAME,
      Reason.INVALID_NAME,
      Reason.NOT_ALLOWED,
    ]);
    expect(a.heard('requestResponse')[0]?.request.case).toBe('publishDataTrack');
    expect(room.data.tracks(a)).toHaveLength(1);
  });

  it('ends with the right to, and with the publisher', () => {
    const { room, a, b } = two();
    b.autoSubscribeDataTracks = true;
    publish(room, a, 1);
    a.permission.canPublishData = false;
    room.data.permitted(a);
    expect(room.data.tracks(a)).toEqual([]);
    expect(handles(b)).toEqual({});
    a.permission.canPublishData = true;
    const sid = publish(room, a, 1);
    expect(Object.values(handles(b))).toEqual([sid]);
    room.leave(a);
    expect(handles(b)).toEqual({});
  });
});

describe('who gets a data track', () => {
  it('whoever asked for it, and for all of them', () => {
    const { room, a, b } = two();
    const c = room.add('c');
    c.autoSubscribeDataTracks = true;
    const [first, second] = [publish(room, a, 1), publish(room, a, 2)];
    expect(handles(b)).toEqual({});
    expect(Object.values(handles(c))).toEqual([first, second]);
    want(room, b, second);
    expect(handles(b)).toEqual({ 1: second });
    want(room, c, first, false);
    expect(handles(c)).toEqual({ 2: second });
    want(room, b, second, false);
    expect(handles(b)).toEqual({});
    expect(handles(a)).toEqual({});
  });

  it('whoever comes later, when it is there', () => {
    const { room, a } = two();
    const sid = publish(room, a, 1);
    const c = room.add('c');
    c.autoSubscribeDataTracks = true;
    c.active = false;
    want(room, c, sid);
    expect(c.said).toEqual([]);
    c.active = true;
    room.data.activated(c);
    expect(Object.values(handles(c))).toEqual([sid]);
    c.said.length = 0;
    room.data.synced(c, new SyncState());
    expect(Object.values(handles(c))).toEqual([sid]);
  });

  it('nobody whom its publisher does not let, and nobody who may not subscribe', () => {
    const { room, a, b } = two();
    const sid = publish(room, a, 1);
    room.denied.add('a b');
    want(room, b, sid);
    expect(handles(b)).toEqual({});
    expect(b.heard('subscriptionPermissionUpdate')).toMatchObject([{ trackSid: sid, allowed: false }]);
    room.denied.clear();
    room.now += 1000;
    room.data.received(a, '_data_track', packet(1), false);
    expect(Object.values(handles(b))).toEqual([sid]);
    expect(b.got).toHaveLength(1);
    b.permission.canSubscribe = false;
    room.data.permitted(b);
    expect(handles(b)).toEqual({});
  });
});

describe('data tracks of somebody hidden', () => {
  it('go to nobody, for that would tell of them', () => {
    const { room, a, b } = two();
    const eager = room.add('eager');
    eager.autoSubscribeDataTracks = true;
    const sid = publish(room, a, 1);
    want(room, b, sid);
    expect([b, eager].map((member) => Object.values(handles(member)))).toEqual([[sid], [sid]]);
    a.hidden = true;
    room.data.permitted(a);
    expect([b, eager].map(handles)).toEqual([{}, {}]);
    room.data.received(a, '_data_track', packet(1), false);
    expect(b.got).toEqual([]);
  });
});

describe('packets of data tracks', () => {
  it('reach each receiver under its own handle', () => {
    const { room, a, b } = two();
    const c = room.add('c');
    publish(room, a, 500);
    const sid = publish(room, a, 501);
    c.autoSubscribeDataTracks = true;
    const third = publish(room, a, 502);
    want(room, b, sid);
    room.data.received(a, '_data_track', packet(501), false);
    room.data.received(a, '_data_track', packet(502), false);
    room.data.received(a, '_data_track', packet(500), false);
    room.data.received(a, '_data_track', packet(9), false);
    room.data.received(b, '_data_track', packet(501), false);
    expect(handles(c)).toEqual({ 1: third });
    expect(b.got).toEqual([{ label: '_data_track', payload: packet(1) }]);
    expect(c.got).toEqual([{ label: '_data_track', payload: packet(1) }]);
    expect(a.got).toEqual([]);
  });

  it('that are cut short are dropped', () => {
    const { room, a, b } = two();
    b.autoSubscribeDataTracks = true;
    publish(room, a, 1);
    const extended = packet(1, '');
    extended[0] = 0x1c;
    for (const bad of [
      Buffer.alloc(0),
      packet(1).subarray(0, 11),
      extended,
      Buffer.concat([extended, Buffer.from([0, 1, 0, 0])]),
    ]) {
      room.data.received(a, '_data_track', bad, false);
    }
    expect(b.got).toEqual([]);
    room.data.received(a, '_data_track', Buffer.concat([extended, Buffer.from([0, 0, 0, 0])]), false);
    expect(b.got).toHaveLength(1);
  });
});
