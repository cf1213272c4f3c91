import { DataPacket, PerformRpcRequest, RpcAck, RpcError, RpcResponse } from '@livekit/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeMember, FakeRoom } from './data.fixture.ts';

let room: FakeRoom;
let ann: FakeMember;
let bob: FakeMember;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  room = new FakeRoom();
  [ann, bob] = [room.add('ann'), room.add('bob')];
});
afterEach(() => vi.useRealTimers());

const perform = (asked: Partial<PerformRpcRequest> = {}, member = bob) =>
  room.data.performRpc(member, new PerformRpcRequest({ method: 'greet', payload: 'you', ...asked }));

/** The request that has come to a member. */
function asked(member = bob) {
  const { participantIdentity, value } = member.packets()[0] ?? {};
  if (value?.case !== 'rpcRequest') throw new Error('no request came');
  return { caller: participantIdentity, ...value.value };
}

function says(member: FakeMember, value: DataPacket['value'], to: string) {
  const packet = new DataPacket({ destinationIdentities: [to], value });
  room.data.received(member, '_reliable', Buffer.from(packet.toBinary()), false);
}
const acks = (id: string, member = bob) =>
  says(member, { case: 'rpcAck', value: new RpcAck({ requestId: id }) }, id);
const answers = (id: string, value: RpcResponse['value'], member = bob) =>
  says(member, { case: 'rpcResponse', value: new RpcResponse({ requestId: id, value }) }, id);

describe('a call of the server to a client', () => {
  it('comes back with what the client answers, and nobody else hears of it', async () => {
    const done = perform();
    const { id, caller, ...request } = asked();
    expect(request).toMatchObject({ method: 'greet', payload: 'you', responseTimeoutMs: 10_000, version: 1 });
    expect(caller).toBe(id);
    acks(id);
    vi.advanceTimersByTime(9_000);
    // It is Bob's to answer.
    answers(id, { case: 'payload', value: 'forged' }, ann);
    answers(id, { case: 'payload', value: 'hello' });
    expect(await done).toEqual({ payload: 'hello' });
    expect(ann.got).toEqual([]);
    const errs = perform({}, ann);
    const error = new RpcError({ code: 1400, message: 'Method not supported at destination' });
    answers(asked(ann).id, { case: 'error', value: error }, ann);
    expect(await errs).toMatchObject({ error: { code: 1400 } });
  });

  it.each([
    ['is not heard of in time', {}, () => vi.advanceTimersByTime(2_000), 1501],
    [
      'is not answered in time',
      { responseTimeoutMs: 5_000 },
      () => {
        acks(asked().id);
        vi.advanceTimersByTime(5_000);
      },
      1502,
    ],
    ['is interrupted by leaving', {}, () => room.leave(bob), 1503],
    ['is interrupted by the end of the room', {}, () => room.data.close(), 1503],
    ['is too large', { payload: 'x'.repeat(15 * 1024 + 1) }, () => {}, 1402],
  ])('that %s says so', async (_, request, meanwhile, code) => {
    const done = perform(request);
    meanwhile();
    expect(await done).toMatchObject({ error: { code } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that cannot be sent says so', async () => {
    bob.answer = false;
    expect(await perform()).toMatchObject({ error: { code: 1505 } });
    bob.active = false;
    expect(await perform()).toMatchObject({ error: { code: 1505 } });
    expect(vi.getTimerCount()).toBe(0);
  });
});
