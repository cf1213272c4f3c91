import {
  DataBlob,
  DataBlobKey,
  GetDataBlobRequest,
  RequestResponse_Reason as Reason,
  StoreDataBlobRequest,
} from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { type FakeMember, FakeRoom } from './data.fixture.ts';

const keyOf = (word: string) => new DataBlobKey({ key: { case: 'generic', value: word } });

function store(room: FakeRoom, member: FakeMember, word: string, contents: string, requestId = 1): void {
  const blob = new DataBlob({ key: keyOf(word), contents: Buffer.from(contents) });
  const value = new StoreDataBlobRequest({ requestId, blob });
  room.data.signalled(member, { case: 'storeDataBlobRequest', value });
}

function get(room: FakeRoom, member: FakeMember, participantIdentity: string, word: string): void {
  const value = new GetDataBlobRequest({ requestId: 9, participantIdentity, key: keyOf(word) });
  room.data.signalled(member, { case: 'getDataBlobRequest', value });
}

const reasons = (member: FakeMember) => member.heard('requestResponse').map(({ reason }) => reason);

describe('data blobs', () => {
  it('are kept for others as long as their owner is there', () => {
    const room = new FakeRoom(1024);
    const [a, b] = [room.add('a'), room.add('b')];
    store(room, a, 'one', 'contents');
    expect(a.heard('storeDataBlobResponse')).toMatchObject([{ requestId: 1, key: keyOf('one') }]);
    get(room, b, 'a', 'one');
    expect(b.heard('getDataBlobResponse')).toMatchObject([
      { requestId: 9, blob: { key: keyOf('one'), contents: Buffer.from('contents') } },
    ]);
    get(room, b, 'a', 'two');
    get(room, b, 'nobody', 'one');
    room.leave(a);
    room.add('a');
    get(room, b, 'a', 'one');
    expect(reasons(b)).toEqual([Reason.NOT_FOUND, Reason.NOT_FOUND, Reason.NOT_FOUND]);
  });

  it('are refused where there is nothing to keep, or too much', () => {
    const room = new FakeRoom(100);
    const a = room.add('a');
    room.data.signalled(a, { case: 'storeDataBlobRequest', value: new StoreDataBlobRequest() });
    store(room, a, 'empty', '');
    store(room, a, 'x'.repeat(300), 'long');
    store(room, a, 'big', 'x'.repeat(200), 5);
    store(room, a, 'fits', 'x'.repeat(80));
    store(room, a, 'fits', 'y'.repeat(80));
    store(room, a, 'more', 'x'.repeat(80));
    room.data.signalled(a, { case: 'getDataBlobRequest', value: new GetDataBlobRequest() });
    expect(reasons(a)).toEqual([
      Reason.INVALID_REQUEST,
      Reason.INVALID_REQUEST,
      Reason.INVALID_REQUEST,
      Reason.LIMIT_EXCEEDED,
      Reason.LIMIT_EXCEEDED,
      Reason.INVALID_REQUEST,
    ]);
    expect(a.heard('requestResponse')[3]?.requestId).toBe(5);
    expect(a.heard('storeDataBlobResponse')).toHaveLength(2);
  });

  it('are refused where they are switched off', () => {
    const room = new FakeRoom(0);
    const a = room.add('a');
    store(room, a, 'one', 'contents');
    expect(reasons(a)).toEqual([Reason.NOT_ALLOWED]);
  });
});
