import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client, ConnectionState } from '../../../sdk/src/index.ts';
import { connect, ParleyError } from '../../../sdk/src/index.ts';
import { waitFor } from '../../support/wait-for.ts';
import { tokenOf, WirePeer } from './wire-peer.ts';

let peer: WirePeer;
let client: Client | undefined;

beforeEach(async () => {
  peer = await WirePeer.start();
});
afterEach(async () => {
  client?.close();
  client = undefined;
  await peer.close();
});

const options = () => ({ url: peer.url, token: tokenOf('ann'), media: false });
const states = (of: Client) => {
  const seen: ConnectionState[] = [];
  of.on('state', (state) => seen.push(state));
  return seen;
};

describe('the socket', () => {
  it('opens with the token as a subprotocol and the device in the address', async () => {
    client = connect({ ...options(), deviceId: 'laptop' });
    await client.ready;
    expect(peer.upgrades[0]?.url).toBe('/ws?device_id=laptop');
    expect(peer.upgrades[0]?.protocol.replaceAll(' ', '')).toBe(`bearer,${tokenOf('ann')}`);
    expect(client.state).toBe('open');
    expect(client.me).toEqual({ uid: 'ann', id: 1, name: 'ANN', avatarUrl: null });
  });

  it('asks what is live as soon as it is open, every time', async () => {
    client = connect(options());
    await peer.next('call:sync');
    peer.cut();
    await peer.next('call:sync');
  });

  it('comes back after a cut and after a restart of the server, asking its token source again', async () => {
    const token = vi.fn(() => tokenOf('ann'));
    client = connect({ ...options(), token });
    const seen = states(client);
    await client.ready;
    peer.cut();
    await waitFor(() => seen.length >= 3, { reason: 'the first reconnection' });
    peer.cut(1012);
    await waitFor(() => seen.length >= 5, { reason: 'the second reconnection' });
    expect(seen).toEqual(['open', 'reconnecting', 'open', 'reconnecting', 'open']);
    expect(token).toHaveBeenCalledTimes(3);
  });

  it('says that the server restarts until it is back, if the server said so', async () => {
    client = connect(options());
    await client.ready;
    const restarting: boolean[] = [];
    client.on('state', () => restarting.push(client?.restarting === true));
    peer.cut();
    await waitFor(() => restarting.length === 2, { reason: 'the socket to be back after the cut' });
    peer.cut(1012);
    await waitFor(() => restarting.length === 4, { reason: 'the socket to be back after the restart' });
    expect(restarting).toEqual([false, false, true, false]);
  });

  it('waits as its policy says and gives up when that says so', async () => {
    const attempts: number[] = [];
    peer.refuse = 503;
    client = connect({
      ...options(),
      reconnectDelay: (attempt) => {
        attempts.push(attempt);
        return attempt < 3 ? 1 : null;
      },
    });
    await expect(client.ready).rejects.toMatchObject({ reason: 'network' });
    expect(attempts).toEqual([0, 1, 2, 3]);
    expect(client.state).toBe('closed');
  });

  it('says that the token is refused instead of trying for ever', async () => {
    peer.refuse = 401;
    peer.routes['GET /api/rtc/ice-servers'] = () => ({
      status: 401,
      body: { success: false, error: { code: 'unauthenticated', message: 'expired' } },
    });
    client = connect(options());
    const errors: ParleyError[] = [];
    client.on('error', (error) => errors.push(error));
    await expect(client.ready).rejects.toBeInstanceOf(ParleyError);
    expect(errors[0]?.reason).toBe('unauthenticated');
    expect(client.state).toBe('closed');
  });

  it('is closed for good when the server closes it with 1008 and the token is void', async () => {
    client = connect(options());
    await client.ready;
    peer.routes['GET /api/rtc/ice-servers'] = () => ({ status: 401, body: {} });
    peer.cut(1008);
    await waitFor(() => client?.state === 'closed', { reason: 'the client to close' });
  });

  it.each([
    [4001, 'conflict'],
    [4003, 'unauthenticated'],
  ])('does not come back after %i', async (code, reason) => {
    client = connect(options());
    await client.ready;
    const failed = new Promise<ParleyError>((resolve) => client?.on('error', resolve));
    peer.cut(code);
    expect((await failed).reason).toBe(reason);
    expect(client.state).toBe('closed');
  });

  it('closes for good when it is told to', async () => {
    client = connect(options());
    await client.ready;
    client.close();
    expect(client.state).toBe('closed');
    expect(peer.upgrades).toHaveLength(1);
  });

  it('tells about presence and contacts', async () => {
    client = connect(options());
    const seen: unknown[] = [];
    client.on('presence', (change) => seen.push(change));
    client.on('contactRequest', (person) => seen.push(person));
    await client.ready;
    peer.send('presence', { uid: 'bob', online: true });
    peer.send('contact:request', { uid: 'cy', senderInfo: { id: 3, username: 'Cy', avatar: '' } });
    await waitFor(() => seen.length === 2, { reason: 'both frames' });
    expect(seen).toEqual([
      { uid: 'bob', online: true },
      { uid: 'cy', id: 3, name: 'Cy', avatarUrl: null },
    ]);
  });

  it('is not disturbed by frames it does not know or cannot read, nor by a listener that throws', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    client = connect(options());
    await client.ready;
    let heard = 0;
    client.on('presence', () => {
      throw new Error('a mistake in the application');
    });
    client.on('presence', () => heard++);
    peer.send('call:something_new', { callId: 'call_1' });
    peer.send('event', {});
    peer.send('presence', { uid: 'bob', online: true });
    await waitFor(() => heard === 1, { reason: 'the second listener' });
    expect(report).toHaveBeenCalledOnce();
    report.mockRestore();
  });
});
