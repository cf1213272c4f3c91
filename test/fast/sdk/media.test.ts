import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Call, Client } from '../../../sdk/src/index.ts';
import { connect } from '../../../sdk/src/index.ts';
import { waitFor } from '../../support/wait-for.ts';
import { FakeConnection, type FakeTrack, stubMedia } from './fake-media.ts';
import { info, now, tokenOf, WirePeer } from './wire-peer.ts';

let peer: WirePeer;
let client: Client;
let screens: FakeTrack[];
let microphones: FakeTrack[];
let errors: string[];

beforeEach(async () => {
  ({ screens, microphones } = stubMedia());
  peer = await WirePeer.start();
  peer.routes['POST /api/v1/rtc/stats/call_1'] = () => ({ body: { success: true } });
});
afterEach(async () => {
  const told = errors;
  client.close();
  await peer.close();
  vi.unstubAllGlobals();
  expect(told).toEqual([]);
});

async function open(): Promise<void> {
  client = connect({ url: peer.url, token: tokenOf('ann'), deviceId: 'laptop' });
  // What fails once the test's server is gone is not the next test's.
  const mine: string[] = [];
  errors = mine;
  client.on('error', ({ message }) => mine.push(message));
  await client.ready;
  await peer.next('call:sync');
}

const from = (senderId: string) => ({ callId: 'call_1', senderId, timestamp: now() });
const part = (uid: string, flags = { muted: false, videoOn: true }) => ({ uid, state: 'joined', ...flags });
const going = (...participants: unknown[]) => ({
  callId: 'call_1',
  state: 'connected',
  callType: 'audio',
  callerId: 'ann',
  participants,
  createdAt: now(),
  connectedAt: now(),
});
const syncs = (...calls: unknown[]) => {
  peer.on['call:sync'] = () => peer.send('call:sync', { calls, timestamp: now() });
};

async function called(): Promise<Call> {
  peer.on['call:offer'] = () => peer.send('call:ringing', { callId: 'call_1', receiverId: 'bob' });
  const call = await client.call('bob');
  peer.send('call:answer', { ...from('bob'), responderInfo: info('Bob') });
  await waitFor(() => call.state === 'connecting', { reason: 'the call to be answered' });
  return call;
}

describe('a call that never was', () => {
  it.each([
    ['call:not_available', { message: 'away', receiverId: 'bob' }, 'unavailable'],
    ['call:busy', { ...from('bob'), message: 'busy' }, 'busy'],
    ['call:reject', { ...from('bob'), reason: 'rejected' }, 'rejected'],
  ])('is signalled nothing after %s, its candidates included', async (type, data, reason) => {
    await open();
    peer.on['call:offer'] = () => peer.send(type, data);
    const call = await client.call('bob');
    // Hung up by somebody who was quicker than the news of its end.
    await call.hangUp();
    expect(call.endReason).toBe(reason);
    expect(FakeConnection.made.map(({ closed }) => closed)).toEqual([true]);
    expect(microphones.map(({ stopped }) => stopped)).toEqual([true]);
    // The server has read all that was sent when it answers this.
    peer.frames.length = 0;
    peer.on['call:offer'] = () => peer.send('error', { message: 'no', code: 403 });
    await expect(client.call('cy')).rejects.toMatchObject({ reason: 'forbidden' });
    expect(peer.frames.map((frame) => frame.type)).toEqual(['call:offer']);
  });

  it('of several people sends nothing either', async () => {
    await open();
    peer.routes['POST /api/v1/rtc/call'] = () => ({
      body: { success: true, call: { id: 'call_1', calleeIds: ['bob', 'cy'], status: 'rejected' } },
    });
    const call = await client.call(['bob', 'cy']);
    await call.hangUp();
    expect(call.endReason).toBe('busy');
    peer.on['call:offer'] = () => peer.send('error', { message: 'no', code: 403 });
    await expect(client.call('dan')).rejects.toMatchObject({ reason: 'forbidden' });
    expect(peer.frames.map((frame) => frame.type)).toEqual(['call:offer']);
  });
});

describe('a shared screen', () => {
  it('is said to be one, and to whoever begins anew once more, and to be none afterwards', async () => {
    await open();
    const call = await called();
    await call.shareScreen(true);
    const screen = { type: 'screen', id: 'screen' };
    const flags = { callId: 'call_1', muted: false, videoOn: true };
    expect(await peer.next('call:media_state')).toEqual({ ...flags, device: screen });
    expect(screens[0]?.contentHint).toBe('detail');
    peer.send('call:signal', { ...from('bob'), description: { type: 'offer', sdp: 'v=0' } });
    expect(await peer.next('call:media_state')).toEqual({ ...flags, device: screen });
    await call.shareScreen(false);
    expect(await peer.next('call:media_state')).toEqual({
      ...flags,
      videoOn: false,
      device: { type: 'videoinput', id: 'default' },
    });
    // What Bob offered cannot be read by a connection that is none.
    errors.length = 0;
  });

  it('asked for twice is captured once', async () => {
    await open();
    const call = await called();
    await Promise.all([call.shareScreen(true), call.shareScreen(true)]);
    expect(screens.map(({ stopped }) => stopped)).toEqual([false, true]);
    await call.hangUp();
    expect(screens.map(({ stopped }) => stopped)).toEqual([true, true]);
  });

  it('of somebody else is known until their picture is another', async () => {
    await open();
    const call = await called();
    const tells = async (videoOn: boolean, device?: string) => {
      const news = new Promise((resolve) => call.on('media', resolve));
      peer.send('call:media_state', {
        ...from('bob'),
        muted: false,
        videoOn,
        ...(device && { device: { type: device, id: 'x' } }),
      });
      await news;
      return call.participants.get('bob')?.sharing;
    };
    expect(await tells(true, 'screen')).toBe(true);
    expect(await tells(true, 'videoinput')).toBe(false);
    expect(await tells(true, 'screen')).toBe(true);
    expect(await tells(false)).toBe(false);
  });
});

describe('a page that was reloaded', () => {
  beforeEach(() => {
    const kept = new Map([['parley.device', JSON.stringify({ deviceId: 'laptop', calls: ['call_1'] })]]);
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
    peer.routes['GET /api/v1/rtc/call/call_1'] = () => ({
      body: { id: 'call_1', callerId: 'ann', calleeIds: ['bob'], calleeInfo: [], groupId: 'g1' },
    });
  });

  it('tells what it sends now, for before it may have been muted', async () => {
    syncs(going(part('ann', { muted: true, videoOn: false }), part('bob')));
    await open();
    expect(await peer.next('call:media_state')).toEqual({ callId: 'call_1', muted: false, videoOn: false });
    const call = client.calls.get('call_1');
    await waitFor(() => call?.groupId, { reason: 'whose call it is' });
    expect(call).toMatchObject({ state: 'connecting', groupId: 'g1' });
  });

  it('keeps no microphone for a call that ends while it is being opened', async () => {
    syncs(going(part('ann'), part('bob')));
    let opened = () => undefined as unknown;
    const held = new Promise((resolve) => {
      opened = () => resolve(undefined);
    });
    const { mediaDevices } = navigator;
    const real = mediaDevices.getUserMedia;
    vi.stubGlobal('navigator', {
      mediaDevices: { getUserMedia: async () => held.then(() => real.call(mediaDevices)) },
    });
    await open();
    const call = await waitFor(() => client.calls.get('call_1'), { reason: 'the call to appear' });
    peer.send('call:hang_up', { ...from('bob'), reason: 'normal' });
    await waitFor(() => call.endReason, { reason: 'the call to end' });
    opened();
    await waitFor(() => microphones[0]?.stopped, { reason: 'the microphone to be given back' });
  });
});

describe('coming back into a call', () => {
  it('joins over REST with the device, and takes it up with what the server has', async () => {
    await open();
    peer.routes['POST /api/v1/rtc/join'] = () => {
      syncs(going(part('ann'), part('bob'), part('cy')));
      return { body: { success: true, call: { id: 'call_1', participants: ['ann', 'bob', 'cy'] } } };
    };
    peer.routes['GET /api/v1/rtc/call/call_1'] = () => ({
      body: { id: 'call_1', callerId: 'ann', calleeIds: ['bob', 'cy'], calleeInfo: [] },
    });
    const call = await client.join('call_1');
    const request = await peer.request('POST', '/api/v1/rtc/join');
    expect(request).toMatchObject({
      body: { callId: 'call_1', userId: 'ann' },
      headers: { 'x-device-id': 'laptop' },
    });
    expect([...call.participants.keys()]).toEqual(['bob', 'cy']);
    expect((await peer.next('call:signal')).description).toMatchObject({ type: 'offer' });
    expect(await client.join('call_1')).toBe(call);
    expect(microphones).toHaveLength(1);
  });

  it('that is over rejects and gives the microphone back', async () => {
    await open();
    peer.routes['POST /api/v1/rtc/join'] = () => ({ status: 409, body: { error: { code: 'conflict' } } });
    await expect(client.join('call_1')).rejects.toMatchObject({ reason: 'conflict' });
    expect(microphones.map(({ stopped }) => stopped)).toEqual([true]);
    expect(client.calls.size).toBe(0);
  });
});
