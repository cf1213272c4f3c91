import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call, CallState, Client, EndReason } from '../../../sdk/src/index.ts';
import { connect } from '../../../sdk/src/index.ts';
import { waitFor } from '../../support/wait-for.ts';
import { info, now, tokenOf, WirePeer } from './wire-peer.ts';

let peer: WirePeer;
let client: Client;
const incoming: Call[] = [];
const appeared: Call[] = [];

beforeEach(async () => {
  peer = await WirePeer.start();
  client = connect({ url: peer.url, token: tokenOf('ann'), media: false, deviceId: 'laptop' });
  incoming.length = appeared.length = 0;
  client.on('incoming', (call) => incoming.push(call));
  client.on('call', (call) => appeared.push(call));
  await client.ready;
  await peer.next('call:sync');
});
afterEach(async () => {
  client.close();
  await peer.close();
});

const from = (senderId: string, callId = 'call_1') => ({ callId, senderId, timestamp: now() });
const rings = (receiverId = 'bob', callId = 'call_1') =>
  peer.send('call:ringing', { callId, receiverId, timestamp: now() });
const offered = (senderId = 'bob', callId = 'call_1', more: Record<string, unknown> = {}) =>
  peer.send('call:offer', { ...from(senderId, callId), senderInfo: info('Bob'), callType: 'video', ...more });
const part = (uid: string, state: string) => ({ uid, state, muted: false, videoOn: true });
const entry = (state: string, mine: string, other: string, callerId = 'ann') => ({
  callId: 'call_1',
  state,
  callType: 'video',
  callerId,
  participants: [part('ann', mine), part('bob', other)],
  createdAt: now(),
});

async function called(): Promise<Call> {
  peer.on['call:offer'] = () => rings();
  return client.call('bob', { video: true });
}
async function rung(): Promise<Call> {
  offered();
  return waitFor(() => incoming[0], { reason: 'the call to ring' });
}
const end = (call: Call) =>
  waitFor(() => call.endReason, { reason: 'the call to end' }) as Promise<EndReason>;
const becomes = (call: Call, state: CallState) =>
  waitFor(() => call.state === state, { reason: `the call to be ${state}, it is ${call.state}` });

describe('a call one makes', () => {
  it('rings, is answered and ended by oneself', async () => {
    const call = await called();
    expect(await peer.next('call:offer')).toEqual({ receiverId: 'bob', callType: 'video' });
    expect(call).toMatchObject({ id: 'call_1', state: 'ringing', direction: 'outgoing', isGroup: false });
    expect(client.calls.get('call_1')).toBe(call);
    peer.send('call:answer', { ...from('bob'), responderInfo: info('Bob') });
    await becomes(call, 'connected');
    expect(call.participants.get('bob')).toMatchObject({ state: 'joined', person: { name: 'Bob' } });
    expect(call.connectedAt).toBeInstanceOf(Date);
    await call.hangUp();
    expect(await peer.next('call:hang_up')).toEqual({
      callId: 'call_1',
      receiverId: 'bob',
      reason: 'normal',
    });
    expect(call).toMatchObject({ state: 'ended', endReason: 'hung_up' });
    expect(client.calls.size).toBe(0);
  });

  it.each([
    ['call:busy', () => peer.send('call:busy', { ...from('bob'), message: 'busy' }), 'busy'],
    [
      'call:not_available',
      () => peer.send('call:not_available', { message: 'away', receiverId: 'bob' }),
      'unavailable',
    ],
  ])('ends at once on %s, after whoever asked for it could listen', async (_, answer, reason) => {
    peer.on['call:offer'] = answer;
    const call = await client.call('bob');
    const ended = new Promise<EndReason>((resolve) => call.on('ended', resolve));
    expect(await ended).toBe(reason);
  });

  it.each([
    ['call:reject', { reason: 'rejected' }, 'rejected'],
    ['call:reject', { reason: 'busy' }, 'busy'],
    ['call:busy', { message: 'busy' }, 'busy'],
    ['call:timeout', {}, 'missed'],
    ['call:hang_up', { reason: 'normal' }, 'hung_up'],
    ['call:hang_up', { reason: 'lost' }, 'lost'],
  ])('ends on %s %o while it rings', async (type, data, reason) => {
    const call = await called();
    peer.send(type, { ...from('bob'), ...data });
    expect(await end(call)).toBe(reason);
  });

  it('is cancelled by hanging up while it rings', async () => {
    const call = await called();
    await call.hangUp();
    expect(await end(call)).toBe('cancelled');
    await peer.next('call:hang_up');
  });

  it.each([
    [403, 'forbidden'],
    [404, 'not_found'],
    [500, 'internal'],
  ])('that is refused with %i rejects', async (code, reason) => {
    peer.on['call:offer'] = () => peer.send('error', { message: 'no', code });
    await expect(client.call('bob')).rejects.toMatchObject({ reason });
    expect(appeared).toEqual([]);
  });

  it('to nobody or oneself is refused without asking', async () => {
    await expect(client.call([])).rejects.toMatchObject({ reason: 'invalid' });
    await expect(client.call('ann')).rejects.toMatchObject({ reason: 'invalid' });
  });

  it('without a socket says that there is no connection', async () => {
    client.close();
    await expect(client.call('bob')).rejects.toMatchObject({ reason: 'network' });
  });

  it('is not taken for the call of one’s other device', async () => {
    peer.on['call:offer'] = () => {
      rings('cy', 'call_of_phone');
      rings('bob', 'call_1');
    };
    const call = await client.call('bob');
    expect(call.id).toBe('call_1');
  });
});

describe('a call one gets', () => {
  it('rings here and is answered once the server says who won', async () => {
    const call = await rung();
    expect(call).toMatchObject({ state: 'incoming', kind: 'video', peer: { uid: 'bob', name: 'Bob' } });
    const answered = call.answer();
    expect(await peer.next('call:answer')).toEqual({ callId: 'call_1', receiverId: 'bob' });
    peer.send('call:accepted', {
      callId: 'call_1',
      participants: [part('bob', 'joined'), part('ann', 'joined')],
      timestamp: now(),
    });
    await answered;
    expect(call.state).toBe('connected');
    expect([...call.participants.keys()]).toEqual(['bob']);
  });

  it('is declined', async () => {
    const call = await rung();
    await call.reject();
    expect(await peer.next('call:reject')).toEqual({
      callId: 'call_1',
      receiverId: 'bob',
      reason: 'rejected',
    });
    expect(call.endReason).toBe('rejected');
  });

  it.each([
    ['call:hang_up', { senderId: 'bob', reason: 'cancelled' }, 'cancelled'],
    ['call:timeout', { senderId: 'bob' }, 'missed'],
    ['call:answered_elsewhere', {}, 'answered_elsewhere'],
    ['call:rejected_elsewhere', {}, 'rejected_elsewhere'],
  ])('stops ringing on %s', async (type, data, reason) => {
    const call = await rung();
    peer.send(type, { callId: 'call_1', timestamp: now(), ...data });
    expect(await end(call)).toBe(reason);
  });

  it('answered too late rejects with conflict', async () => {
    const call = await rung();
    peer.on['call:answer'] = () => {
      peer.send('error', { message: 'over', code: 409, callId: 'call_1' });
      peer.send('call:hang_up', { ...from('bob'), reason: 'cancelled' });
    };
    await expect(call.answer()).rejects.toMatchObject({ reason: 'conflict' });
    expect(call.endReason).toBe('cancelled');
  });

  it.each([
    [500, undefined],
    [403, 'call_1'],
  ])('whose answer is refused with %i rings on and can be answered again', async (code, callId) => {
    const call = await rung();
    peer.on['call:answer'] = () => peer.send('error', { message: 'no', code, ...(callId && { callId }) });
    await expect(call.answer()).rejects.toMatchObject({ details: { status: code } });
    expect(call.state).toBe('incoming');
    peer.on['call:answer'] = () =>
      peer.send('call:accepted', { callId: 'call_1', participants: [part('bob', 'joined')] });
    await call.answer();
    expect(call.state).toBe('connected');
  });

  it('with media cannot be answered by a client that carries none', async () => {
    offered('bob', 'call_1', { offer: { type: 'offer', sdp: 'v=0' } });
    const call = await waitFor(() => incoming[0], { reason: 'the call to ring' });
    await expect(call.answer()).rejects.toMatchObject({ reason: 'unavailable' });
    expect(call.state).toBe('incoming');
  });

  it('offered twice rings once', async () => {
    const call = await rung();
    offered();
    offered('cy', 'call_2');
    await waitFor(() => incoming.length === 2, { reason: 'the other call' });
    expect(incoming[0]).toBe(call);
    expect(client.calls.size).toBe(2);
  });
});

describe('glare', () => {
  it('is answered by taking the other one’s call, which does not ring', async () => {
    peer.on['call:offer'] = () => {
      offered('bob', 'call_theirs');
      peer.send('error', { message: 'in a call', code: 409, callId: 'call_theirs' });
    };
    peer.on['call:answer'] = () =>
      peer.send('call:accepted', { callId: 'call_theirs', participants: [part('bob', 'joined')] });
    const call = await client.call('bob', { video: true });
    expect(call).toMatchObject({ id: 'call_theirs', direction: 'incoming', state: 'connected' });
    expect(await peer.next('call:answer')).toEqual({ callId: 'call_theirs', receiverId: 'bob' });
    expect(incoming).toEqual([]);
    expect(appeared).toEqual([call]);
  });

  it('waits for their offer when the refusal is here before it', async () => {
    peer.on['call:offer'] = () => {
      peer.send('error', { message: 'in a call', code: 409, callId: 'call_theirs' });
      offered('bob', 'call_theirs');
    };
    peer.on['call:answer'] = () =>
      peer.send('call:accepted', { callId: 'call_theirs', participants: [part('bob', 'joined')] });
    expect((await client.call('bob')).id).toBe('call_theirs');
  });

  it('is not a call of somebody else: that one rings on and ours is a conflict', async () => {
    peer.on['call:offer'] = () => {
      offered('cy', 'call_cy');
      peer.send('error', { message: 'in a call', code: 409, callId: 'call_cy' });
    };
    await expect(client.call('bob')).rejects.toMatchObject({
      reason: 'conflict',
      details: { callId: 'call_cy' },
    });
    expect(incoming[0]?.state).toBe('incoming');
  });

  it('that is none lets the other call ring afterwards', async () => {
    peer.on['call:offer'] = () => {
      offered('bob', 'call_theirs');
      peer.send('error', { message: 'no', code: 403 });
    };
    await expect(client.call('bob')).rejects.toMatchObject({ reason: 'forbidden' });
    expect(incoming.map(({ id }) => id)).toEqual(['call_theirs']);
  });
});

describe('after a reconnection', () => {
  const syncWith = (calls: unknown[]) => {
    peer.on['call:sync'] = () => peer.send('call:sync', { calls, timestamp: now() });
    peer.cut();
  };

  it('a call the server no longer has is dropped', async () => {
    const call = await called();
    syncWith([]);
    expect(await end(call)).toBe('lost');
  });

  it('a call that was answered meanwhile is connected', async () => {
    const call = await called();
    syncWith([{ ...entry('connected', 'joined', 'joined'), connectedAt: now() }]);
    await becomes(call, 'connected');
    expect(call.participants.get('bob')?.state).toBe('joined');
  });

  it('an answer the server did not get is given again', async () => {
    const call = await rung();
    peer.on['call:answer'] = () => {
      peer.on['call:answer'] = () =>
        peer.send('call:accepted', { callId: 'call_1', participants: [part('bob', 'joined')] });
      syncWith([entry('ringing', 'ringing', 'joined', 'bob')]);
    };
    await call.answer();
    expect(call.state).toBe('connected');
  });

  it('a call answered on another device meanwhile stops ringing', async () => {
    const call = await rung();
    syncWith([{ ...entry('connected', 'joined', 'joined', 'bob') }]);
    expect(await end(call)).toBe('answered_elsewhere');
  });

  it('what was hung up while there was no socket is told then', async () => {
    const call = await called();
    peer.refuse = 503;
    peer.cut();
    await waitFor(() => client.state === 'reconnecting', { reason: 'the cut to be noticed' });
    await call.hangUp();
    expect(call.endReason).toBe('cancelled');
    peer.on['call:sync'] = () =>
      peer.send('call:sync', { calls: [entry('ringing', 'joined', 'ringing')], timestamp: now() });
    peer.refuse = undefined;
    expect(await peer.next('call:hang_up')).toMatchObject({ callId: 'call_1' });
    expect(client.calls.size).toBe(0);
  });

  it('a mute while there was no socket is told then', async () => {
    const call = await rung();
    peer.on['call:answer'] = () =>
      peer.send('call:accepted', { callId: 'call_1', participants: [part('bob', 'joined')] });
    await call.answer();
    peer.on['call:sync'] = () =>
      peer.send('call:sync', { calls: [entry('connected', 'joined', 'joined', 'bob')], timestamp: now() });
    peer.refuse = 503;
    peer.cut();
    await waitFor(() => client.state === 'reconnecting', { reason: 'the cut to be noticed' });
    expect(call.state).toBe('reconnecting');
    await call.mute(true);
    peer.refuse = undefined;
    expect(await peer.next('call:media_state')).toEqual({ callId: 'call_1', muted: true, videoOn: true });
    expect(call.state).toBe('connected');
  });

  it('a call of one’s other device is left alone', async () => {
    syncWith([entry('connected', 'joined', 'joined')]);
    await peer.next('call:sync');
    peer.send('presence', { uid: 'bob', online: true });
    await new Promise((resolve) => client.on('presence', resolve));
    expect(client.calls.size).toBe(0);
  });
});

describe('a group call', () => {
  const begin = () => {
    peer.routes['POST /api/v1/rtc/call'] = () => {
      rings('bob');
      peer.send('call:answer', { ...from('bob'), responderInfo: info('Bob') });
      const call = {
        id: 'call_1',
        type: 'video',
        callerId: 'ann',
        calleeIds: ['bob', 'cy'],
        status: 'calling',
      };
      return { body: { success: true, call: { ...call, groupId: 'g1', createdAt: now() } } };
    };
    peer.on['call:sync'] = () => undefined;
    return client.call(['bob', 'cy', 'ann', 'bob'], { video: true, groupId: 'g1' });
  };

  it('is begun over REST by this device, and nothing that came before the answer is lost', async () => {
    const call = await begin();
    const request = await peer.request('POST', '/api/v1/rtc/call');
    expect(request.body).toEqual({ callerId: 'ann', calleeIds: ['bob', 'cy'], type: 'video', groupId: 'g1' });
    expect(request.headers['x-device-id']).toBe('laptop');
    await becomes(call, 'connected');
    expect(call).toMatchObject({ isGroup: true, groupId: 'g1' });
    expect(call.participants.get('bob')?.state).toBe('joined');
    expect(call.participants.get('cy')?.state).toBe('invited');
  });

  it('follows who comes, goes and is asked in', async () => {
    const call = await begin();
    peer.send('call:participant', { callId: 'call_1', ...part('cy', 'rejected'), senderInfo: info('Cy', 3) });
    peer.send('call:participant', {
      callId: 'call_1',
      ...part('dan', 'invited'),
      senderInfo: info('Dan', 4),
    });
    peer.send('call:media_state', { ...from('bob'), muted: true, videoOn: false });
    await waitFor(() => call.participants.get('bob')?.muted, { reason: 'the last frame' });
    expect(call.participants.get('cy')).toMatchObject({ state: 'rejected', person: { name: 'Cy' } });
    expect(call.participants.get('dan')?.state).toBe('invited');
    expect(call.participants.get('bob')?.videoOn).toBe(false);
    peer.send('call:participant', { callId: 'call_1', ...part('bob', 'left') });
    await waitFor(() => call.participants.get('bob')?.state === 'left', { reason: 'bob to leave' });
    expect(call.state).toBe('connected');
  });

  it('tells the server about mute and picture, and asks others in', async () => {
    peer.routes['POST /api/v1/rtc/invite'] = () => ({ body: { success: true, invited: ['dan'] } });
    const call = await begin();
    await call.mute(true);
    expect(await peer.next('call:media_state')).toEqual({ callId: 'call_1', muted: true, videoOn: true });
    await call.camera(false);
    expect(await peer.next('call:media_state')).toMatchObject({ muted: true, videoOn: false });
    await call.invite(['dan', 'eve']);
    expect(call.participants.get('dan')?.state).toBe('invited');
    expect(call.participants.has('eve')).toBe(false);
    expect(call).toMatchObject({ muted: true, videoOn: false });
  });

  it('with nobody free is over at once, as busy', async () => {
    peer.routes['POST /api/v1/rtc/call'] = () => ({
      body: {
        success: true,
        call: { id: 'call_1', calleeIds: ['bob', 'cy'], status: 'rejected', rejectReason: 'busy' },
      },
    });
    expect(await end(await client.call(['bob', 'cy']))).toBe('busy');
  });

  it('ends for its caller when the last one declines', async () => {
    peer.routes['POST /api/v1/rtc/call'] = () => ({
      body: { success: true, call: { id: 'call_1', calleeIds: ['bob', 'cy'], status: 'ringing' } },
    });
    peer.on['call:sync'] = () => undefined;
    const call = await client.call(['bob', 'cy']);
    peer.send('call:reject', { ...from('bob'), reason: 'rejected' });
    await waitFor(() => call.participants.get('bob')?.state === 'rejected', { reason: 'the first refusal' });
    expect(call.state).not.toBe('ended');
    peer.send('call:reject', { ...from('cy'), reason: 'rejected' });
    expect(await end(call)).toBe('rejected');
  });
});
