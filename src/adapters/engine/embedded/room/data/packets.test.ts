import {
  ChatMessage,
  DataPacket,
  DataPacket_Kind as Kind,
  MetricsBatch,
  ParticipantInfo_Kind,
  SyncState,
  Transcription,
  UserPacket,
} from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { type FakeMember, FakeRoom } from './data.fixture.ts';

function three() {
  const room = new FakeRoom();
  return { room, a: room.add('a'), b: room.add('b'), c: room.add('c') };
}

const user = (payload: string, more: Partial<UserPacket> = {}) =>
  new UserPacket({ payload: Buffer.from(payload), ...more });

function send(room: FakeRoom, from: FakeMember, packet: Partial<DataPacket>, label = '_reliable') {
  room.data.received(from, label, Buffer.from(new DataPacket(packet).toBinary()), false);
}

const asUser = (value: UserPacket, more: Partial<DataPacket> = {}) => ({
  value: { case: 'user' as const, value },
  ...more,
});

const textOf = ({ value }: DataPacket) =>
  value.case === 'user' ? Buffer.from(value.value.payload).toString() : undefined;

describe('data packets', () => {
  it('go to everybody but their sender, who is named by this server alone', () => {
    const { room, a, b, c } = three();
    send(
      room,
      a,
      asUser(user('hello', { participantIdentity: 'somebody else' }), {
        participantIdentity: 'somebody else',
        kind: Kind.LOSSY,
      }),
    );
    expect(a.got).toEqual([]);
    for (const member of [b, c]) {
      const [packet] = member.packets();
      expect(packet).toMatchObject({ participantIdentity: 'a', participantSid: 'PA_a', kind: Kind.RELIABLE });
      expect(packet?.value.value).toMatchObject({ participantIdentity: 'a', participantSid: 'PA_a' });
      expect(packet && textOf(packet)).toBe('hello');
      expect(member.got[0]?.label).toBe('_reliable');
    }
  });

  it('keep what this server does not know of', () => {
    const { room, a, b } = three();
    const known = new DataPacket(asUser(user('x'))).toBinary();
    // Field 1000 of a later protocol.
    const unknown = Buffer.from([0xc2, 0x3e, 3, 1, 2, 3]);
    room.data.received(a, '_lossy', Buffer.concat([known, unknown]), false);
    expect(b.got[0]?.payload.includes(unknown)).toBe(true);
    expect(b.got[0]?.label).toBe('_lossy');
    room.data.received(a, '_lossy', unknown, false);
    expect(b.got[1]?.payload.includes(unknown)).toBe(true);
  });

  it('go to those they name, in whichever way', () => {
    const { room, a, b, c } = three();
    send(room, a, asUser(user('1'), { destinationIdentities: ['b'] }));
    send(room, a, asUser(user('2', { destinationIdentities: ['c'] })));
    send(room, a, asUser(user('3', { destinationSids: ['PA_b'] })));
    send(room, a, asUser(user('4'), { destinationIdentities: ['b', 'b', 'a', 'nobody'] }));
    expect(b.packets().map(textOf)).toEqual(['1', '3', '4']);
    expect(c.packets().map(textOf)).toEqual(['2']);
    expect(c.packets()[0]?.destinationIdentities).toEqual(['c']);
    expect(a.got).toEqual([]);
  });

  it('do not come from those who may not send any, and do not tell who is hidden', () => {
    const { room, a, b } = three();
    a.permission.canPublishData = false;
    send(room, a, asUser(user('no')));
    room.data.received(a, 'own', Buffer.from('no'), false);
    expect(b.got).toEqual([]);
    a.permission.canPublishData = true;
    a.hidden = true;
    send(room, a, asUser(user('yes')));
    expect(b.packets()[0]).toMatchObject({ participantIdentity: '', participantSid: '' });
    expect(b.packets()[0]?.value.value).toMatchObject({ participantIdentity: '', participantSid: '' });
  });

  it('that are none harm nobody', () => {
    const { room, a, b } = three();
    for (const garbage of [
      Buffer.from([0xff]),
      Buffer.alloc(0),
      Buffer.from('garbage'),
      Buffer.alloc(70_000, 8),
    ]) {
      room.data.received(a, '_reliable', garbage, false);
      room.data.received(a, '_data_track', garbage, false);
    }
    send(room, a, asUser(user('after')));
    expect(b.packets().map(textOf).at(-1)).toBe('after');
    expect(room.failures).toEqual([]);
  });

  it('sent again after a resume reach nobody twice', () => {
    const { room, a, b } = three();
    for (const sequence of [1, 2, 3, 2, 3, 4]) send(room, a, asUser(user(`${sequence}`), { sequence }));
    send(room, a, asUser(user('lossy'), { sequence: 1 }), '_lossy');
    expect(b.packets().map(textOf)).toEqual(['1', '2', '3', '4', 'lossy']);
    expect(room.data.lastSequence(a)).toBe(4);
    expect(room.data.lastSequence(b)).toBe(0);
    room.leave(a);
    expect(room.data.lastSequence(a)).toBe(0);
  });

  it('of a channel of its own become user data', () => {
    const { room, a, b } = three();
    room.data.received(a, 'whatever', Buffer.from('raw'), true);
    expect(b.packets()[0]).toMatchObject({ participantIdentity: 'a', kind: Kind.RELIABLE });
    expect(b.packets().map(textOf)).toEqual(['raw']);
    expect(a.got).toEqual([]);
  });

  it('are encoded once for all', () => {
    const { room, a } = three();
    const seen = new Set<Uint8Array>();
    for (const member of room.members()) {
      const link = member.peer.subscriber.data as { send: (label: string, payload: Uint8Array) => boolean };
      link.send = (_label, payload) => {
        seen.add(payload);
        return true;
      };
    }
    send(room, a, asUser(user('hello')));
    expect(seen.size).toBe(1);
  });
});

describe('packets of agents', () => {
  it('are the only transcriptions, and may be in the name of another', () => {
    const { room, a, b } = three();
    const transcription = { case: 'transcription' as const, value: new Transcription({ trackId: 't' }) };
    const chat = { case: 'chatMessage' as const, value: new ChatMessage({ message: 'hi' }) };
    send(room, a, { value: transcription });
    send(room, a, { value: chat, participantIdentity: 'c' });
    expect(b.packets().map(({ value }) => value.case)).toEqual(['chatMessage']);
    expect(b.packets()[0]).toMatchObject({ participantIdentity: 'a' });
    a.kind = ParticipantInfo_Kind.AGENT;
    send(room, a, { value: transcription });
    send(room, a, { value: chat, participantIdentity: 'c' });
    expect(
      b
        .packets()
        .map(({ value }) => value.case)
        .slice(1),
    ).toEqual(['transcription', 'chatMessage']);
    expect(b.packets()[2]).toMatchObject({ participantIdentity: 'c', value: { value: { generated: true } } });
  });
});

describe('measurements', () => {
  it('are for those who may see them, of themselves and of whom they get', () => {
    const { room, a, b, c } = three();
    const metrics = { value: { case: 'metrics' as const, value: new MetricsBatch() } };
    send(room, a, metrics);
    for (const member of [a, b, c]) member.permission.canSubscribeMetrics = true;
    room.subscribed.add('a b');
    send(room, a, metrics);
    expect([a, b, c].map(({ got }) => got.length)).toEqual([1, 1, 0]);
  });
});

describe('packets from the server', () => {
  const data = {
    payload: Buffer.from('x'),
    reliable: true,
    topic: 'news',
    toIdentities: [],
    toSids: [],
    nonce: new Uint8Array(0),
  };

  it('come from nobody, to all or to some', () => {
    const { room, a, b, c } = three();
    room.data.sendFromServer(data);
    room.data.sendFromServer({ ...data, reliable: false, toIdentities: ['a'], toSids: ['PA_b', 'PA_a'] });
    expect(c.packets()).toMatchObject([
      { participantIdentity: '', participantSid: '', sequence: 0, value: { value: { topic: 'news' } } },
    ]);
    expect(a.got.map(({ label }) => label)).toEqual(['_reliable', '_lossy']);
    expect(b.got).toHaveLength(2);
  });

  it('with a nonce are sent once', () => {
    const { room, a } = three();
    const nonce = Buffer.alloc(16, 7);
    room.data.sendFromServer({ ...data, nonce });
    room.data.sendFromServer({ ...data, nonce: Buffer.from(nonce) });
    room.data.sendFromServer({ ...data, nonce: Buffer.alloc(16, 8) });
    expect(a.got).toHaveLength(2);
  });
});

describe('who comes in or comes back', () => {
  it('gets what was sent while it came in', () => {
    const { room, a, b } = three();
    send(room, a, asUser(user('1'), { sequence: 1 }));
    const d = room.add('d');
    d.active = false;
    send(room, a, asUser(user('2'), { sequence: 2 }));
    send(room, a, asUser(user('for b'), { sequence: 3, destinationIdentities: ['b'] }));
    send(room, a, asUser(user('4'), { sequence: 4 }));
    d.active = true;
    room.data.activated(d);
    expect(d.packets().map(textOf)).toEqual(['2', '4']);
    expect(b.got).toHaveLength(4);
  });

  it('gets what it had not of the last seconds, and not its own', () => {
    const { room, a, b, c } = three();
    for (const sequence of [1, 2]) send(room, a, asUser(user(`a${sequence}`), { sequence }));
    room.now += 2000;
    send(room, a, asUser(user('a3'), { sequence: 3 }));
    send(room, b, asUser(user('b1'), { sequence: 1 }));
    send(room, c, asUser(user('c1'), { sequence: 1 }));
    b.got.length = 0;
    const datachannelReceiveStates = [
      { publisherSid: 'PA_a', lastSeq: 1 },
      { publisherSid: 'PA_b', lastSeq: 0 },
    ];
    room.data.synced(b, new SyncState({ datachannelReceiveStates }));
    expect(b.packets().map(textOf)).toEqual(['a2', 'a3']);
    room.now += 1000;
    b.got.length = 0;
    room.data.synced(b, new SyncState({ datachannelReceiveStates }));
    expect(b.packets().map(textOf)).toEqual(['a3']);
  });

  it('gets nothing of what is long past, however much it was', () => {
    const { room, a, b } = three();
    const big = 'x'.repeat(60_000);
    for (let sequence = 1; sequence <= 300; sequence++) send(room, a, asUser(user(big), { sequence }));
    b.got.length = 0;
    const state = new SyncState({ datachannelReceiveStates: [{ publisherSid: 'PA_a', lastSeq: 0 }] });
    room.data.synced(b, state);
    expect(b.got.length).toBeGreaterThan(50);
    expect(b.got.length).toBeLessThan(150);
    expect(b.packets().at(-1)?.sequence).toBe(300);
  });
});

describe('a receiver that is behind', () => {
  it('makes who sends to it wait, and nobody else', async () => {
    const { room, a, b, c } = three();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    b.answer = promise;
    send(room, a, asUser(user('1')));
    send(room, a, asUser(user('2')));
    send(room, c, asUser(user('not for b'), { destinationIdentities: ['a'] }));
    expect([a.held, b.held, c.held]).toEqual([true, false, false]);
    expect(c.packets().map(textOf)).toEqual(['1', '2']);
    b.answer = true;
    resolve(true);
    await promise;
    expect(a.held).toBe(false);
  });
});
