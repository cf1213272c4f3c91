import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person, TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';
import { callOf, friends, OFFER, pair, settle } from './people.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ graceMs: 1000 });
});
afterAll(() => server.close());

/** A client that opens a socket over plain TCP and says nothing more: no pong, no goodbye. */
async function halfOpen(token: string): Promise<{ wire: Socket; gone: () => boolean }> {
  const { hostname, port } = new URL(server.url);
  const wire = connect(Number(port), hostname);
  let ended = false;
  let head = '';
  wire.on('close', () => {
    ended = true;
  });
  wire.on('error', () => {});
  wire.on('data', (data) => {
    head += data.toString('latin1');
  });
  wire.write(
    [
      `GET /ws?token=${token}&device_id=silent HTTP/1.1`,
      `Host: ${hostname}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      '\r\n',
    ].join('\r\n'),
  );
  await waitFor(() => head.startsWith('HTTP/1.1 101'), { reason: 'the upgrade' });
  return { wire, gone: () => ended };
}

// Side by side, for most of the time they wait.
it.concurrent('a half-open socket counts as gone after 10 s; one that answers pings stays', async () => {
  const [alice, bob] = (await friends(server, 2)) as [Person, Person];
  const silent = await halfOpen(alice.token);
  const steady = await TestSocket.open(server, bob.token);
  const since = performance.now();
  expect(server.app.presence.isLive(alice.id, 'silent')).toBe(true);
  await waitFor(silent.gone, { reason: 'the silent socket to be ended', timeoutMs: 16_000 });
  const silence = performance.now() - since;
  expect(silence).toBeGreaterThan(9_000);
  expect(silence).toBeLessThan(12_000);
  expect(await steady.next('presence', 2000)).toEqual({ uid: alice.uid, online: false });
  await settle(steady);
  expect(steady.closed).toBeUndefined();
});

it.concurrent('a reader that does not read is cut off at 1 MB; nobody else notices', async () => {
  const { a, b, bob, callId } = await pair(server);
  const others = await pair(server);
  b.ws.pause();
  const candidate = { candidate: 'x'.repeat(100_000) };
  let sent = 0;
  await waitFor(
    async () => {
      a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate });
      sent += 1;
      others.a.send('call:ice_candidate', {
        callId: others.callId,
        receiverId: others.bob.uid,
        candidate: null,
      });
      await others.b.next('call:ice_candidate');
      return !server.app.presence.isLive(bob.id, 'b-phone');
    },
    // What the kernel's buffers of both sides hold comes before ours.
    { reason: 'the slow reader to be cut off', timeoutMs: 20_000, everyMs: 1 },
  );
  expect(sent).toBeGreaterThan(10);
  await settle(a);
  await settle(others.a);
  // Its leg has its grace, and then the call is over for the other side.
  expect(await a.next('call:hang_up', 8000)).toMatchObject({ callId, senderId: bob.uid, reason: 'lost' });
  expect((await callOf(server, callId))?.state).toBe('ended');
  b.kill();
});

it.concurrent('what a client sends right before it goes takes effect', async () => {
  const { a, b, bob, callId, alice } = await pair(server);
  a.send('call:hang_up', { callId, receiverId: bob.uid, reason: 'normal' });
  a.ws.close();
  expect(await b.next('call:hang_up')).toMatchObject({ callId, senderId: alice.uid, reason: 'normal' });
});

it.concurrent('a caller whose socket closes behind the offer has a grace, not a call for ever', async () => {
  const [alice, bob] = (await friends(server, 2)) as [Person, Person];
  const a = await TestSocket.open(server, alice.token);
  const b = await TestSocket.open(server, bob.token);
  a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
  a.ws.close();
  const { callId } = await b.next('call:offer');
  expect(await b.next('call:hang_up', 8000)).toMatchObject({ callId, reason: 'cancelled' });
});
