import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { api, type Person, startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

let server: TestServer;
let ann: Person;
let bob: Person;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  count += 1;
  ann = await server.person(`sock-ann${count}`, { displayName: 'Ann' });
  bob = await server.person(`sock-bob${count}`, { displayName: 'Bob' });
});

interface Listening {
  frames: { type: string; data: Record<string, unknown> }[];
  /** The close code, once it is closed. */
  closed: number | undefined;
  socket: WebSocket;
}

/** An open socket that keeps what it hears. */
async function listen(token: string, device: string): Promise<Listening> {
  const socket = new WebSocket(`${server.wsUrl}/ws?token=${token}&device_id=${device}`);
  const listening: Listening = { frames: [], closed: undefined, socket };
  socket.on('message', (data) => listening.frames.push(JSON.parse(String(data))));
  socket.on('close', (code) => {
    listening.closed = code;
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return listening;
}

const host = (method: string, path: string, body?: unknown) =>
  api(server, method, `/api/v1/host${path}`, { token: server.service, body });
const as = (person: Person, method: string, path: string, body?: unknown) =>
  api(server, method, `/api/v1${path}`, { token: person.token, body });
const devicesOf = async (person: Person): Promise<string[]> =>
  (await as(person, 'GET', '/me/devices')).body.devices.map((device: { id: string }) => device.id);
const isListed = (person: Person, ...devices: string[]) =>
  waitFor(async () => (await devicesOf(person)).join() === devices.join(), { reason: `devices ${devices}` });
const isClosed = (listening: Listening) =>
  waitFor(() => listening.closed, { reason: 'the socket to be closed' });

describe('live sockets are cut', () => {
  test('by a ban', async () => {
    const socket = await listen(ann.token, 'one');
    await host('PUT', `/users/${ann.uid}`, { status: 'banned' });
    await isClosed(socket);
    await expect(listen(ann.token, 'one')).rejects.toThrow(/403/);
  });

  test('by a deletion', async () => {
    const socket = await listen(ann.token, 'one');
    await host('DELETE', `/users/${ann.uid}`);
    await isClosed(socket);
    await expect(listen(ann.token, 'one')).rejects.toThrow(/401/);
  });

  test('one by one, by their owner; the others stay', async () => {
    const phone = await listen(ann.token, 'phone');
    await isListed(ann, 'phone');
    const tablet = await listen(ann.token, 'tablet');
    await isListed(ann, 'phone', 'tablet');
    expect((await as(ann, 'DELETE', '/me/devices/phone')).status).toBe(200);
    await isClosed(phone);
    await isListed(ann, 'tablet');
    expect(tablet.closed).toBeUndefined();
    tablet.socket.close();
    await isListed(ann);
  });
});

describe('sockets hear', () => {
  test('of a request and of its acceptance', async () => {
    const hers = await listen(ann.token, 'hers');
    const his = await listen(bob.token, 'his');
    await as(ann, 'POST', '/contacts', { uid: bob.uid });
    const request = await waitFor(() => his.frames.find(({ type }) => type === 'contact:request'), {
      reason: 'the request',
    });
    expect(request.data).toEqual({
      uid: ann.uid,
      senderInfo: { id: ann.id, username: 'Ann', avatar: '' },
      timestamp: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
    });
    await as(bob, 'POST', `/contacts/${ann.uid}/accept`);
    const accepted = await waitFor(() => hers.frames.find(({ type }) => type === 'contact:accepted'), {
      reason: 'the acceptance',
    });
    expect(accepted.data).toMatchObject({ uid: bob.uid, senderInfo: { id: bob.id } });
    hers.socket.close();
    his.socket.close();
  });

  test('of contacts who come and go, and contacts show it', async () => {
    await host('PUT', `/contacts/${ann.uid}/${bob.uid}`);
    const hers = await listen(ann.token, 'hers');
    const his = await listen(bob.token, 'his');
    const heard = (online: boolean) =>
      waitFor(
        () =>
          hers.frames.find(
            ({ type, data }) => type === 'presence' && data.uid === bob.uid && data.online === online,
          ),
        { reason: `presence ${online}` },
      );
    await heard(true);
    expect((await as(ann, 'GET', '/contacts')).body.contacts).toMatchObject([{ uid: bob.uid, online: true }]);
    his.socket.close();
    await heard(false);
    expect((await as(ann, 'GET', '/contacts')).body.contacts).toMatchObject([
      { uid: bob.uid, online: false },
    ]);
    hers.socket.close();
  });
});
