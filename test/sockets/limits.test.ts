import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person, TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';
import { closed, friends, pair, settle } from './people.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ rateLimits: true });
});
afterAll(() => server.close());

describe('budgets', () => {
  it('300 frames at once are fine; far more are an error, then 1008, for this socket alone', async () => {
    const { a, b, bob, callId } = await pair(server);
    const frame = { callId, receiverId: bob.uid, candidate: { candidate: 'x' } };
    for (let n = 0; n < 290; n++) a.send('call:ice_candidate', frame);
    await settle(a);
    expect(a.frames.some(({ type }) => type === 'error')).toBe(false);
    for (let n = 0; n < 600; n++) a.send('call:ice_candidate', frame);
    expect(await a.next('error')).toMatchObject({ code: 429 });
    expect((await closed(a)).code).toBe(1008);
    await settle(b);
    expect(b.closed).toBeUndefined();
  });

  it('100 frames a second go on and on', async () => {
    const { a, b, bob, callId } = await pair(server);
    const frame = { callId, receiverId: bob.uid, candidate: { candidate: 'x' } };
    for (let n = 0; n < 280; n++) a.send('call:ice_candidate', frame);
    // The budget refills: as many again as time has passed.
    for (let round = 0; round < 10; round++) {
      const from = performance.now();
      await waitFor(() => performance.now() - from >= 100, { reason: 'a tenth of a second to pass' });
      for (let n = 0; n < 10; n++) a.send('call:ice_candidate', frame);
    }
    await settle(a);
    await settle(b);
    expect(b.frames.filter(({ type }) => type === 'call:ice_candidate')).toHaveLength(380);
    expect(a.closed).toBeUndefined();
  });

  it('ten sockets a person; the eleventh hears why and is closed with 1008', async () => {
    const [alice, bob] = (await friends(server, 2)) as [Person, Person];
    const sockets: TestSocket[] = [];
    for (let n = 0; n < 10; n++) sockets.push(await TestSocket.open(server, alice.token));
    const eleventh = await TestSocket.open(server, alice.token);
    expect(await eleventh.next('error')).toMatchObject({ code: 429 });
    expect((await closed(eleventh)).code).toBe(1008);
    // A device that is there already may come again, and others are not concerned.
    await TestSocket.open(server, bob.token);
    await sockets[0]?.close();
    const again = await waitFor(
      async () => {
        const socket = await TestSocket.open(server, alice.token, 'mine');
        socket.send('ping', {});
        return (await socket.next('pong', 300)) && socket;
      },
      { reason: 'room for another socket' },
    );
    expect(again.closed).toBeUndefined();
    const instead = await TestSocket.open(server, alice.token, 'mine');
    expect((await closed(again)).code).toBe(4001);
    await settle(instead);
    for (const socket of sockets.slice(1)) await settle(socket);
  });
});
