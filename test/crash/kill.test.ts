import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { api, sign } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';

/** What `kill -9` may cost: time, and nothing that was acknowledged. */
describe.each(backends())('a killed server on %s', (backend) => {
  let database: FreshDatabase;
  let dataDir: string;
  let server: ServerProcess;
  let service: string;
  let ann: string;
  let bob: string;

  const boot = () =>
    startProcess({
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      RING_TIMEOUT_S: '2',
      RECONNECT_GRACE_S: '2',
    });

  beforeEach(async () => {
    database = await freshDatabase(backend);
    dataDir = await mkdtemp(join(tmpdir(), 'parley-crash-'));
    server = await boot();
    service = await sign({ scope: 'service' });
    ann = await sign({ sub: 'ann' });
    bob = await sign({ sub: 'bob' });
    for (const uid of ['ann', 'bob']) {
      expect(
        (await api(server, 'PUT', `/api/v1/host/users/${uid}`, { token: service, body: {} })).status,
      ).toBe(200);
    }
    await api(server, 'PUT', '/api/v1/host/contacts/ann/bob', { token: service });
  });

  afterEach(async () => {
    await server.stop('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
    await database[Symbol.asyncDispose]();
  });

  /** Kills it where it stands and starts another on what it left. */
  async function crash() {
    await server.stop('SIGKILL');
    server = await boot();
  }

  const call = (token: string, path: string, body: object) =>
    api(server, 'POST', `/api/v1/rtc${path}`, { token, body });

  async function newestOf(uid: string, token: string) {
    const answer = await api(server, 'GET', `/api/v1/rtc/calls/${uid}?limit=1`, { token });
    expect(answer.status).toBe(200);
    return answer.body[0];
  }

  const ended = (uid: string, token: string, status: string) =>
    waitFor(async () => ((await newestOf(uid, token)).status === status ? true : undefined), {
      reason: `${uid}'s call to be ${status}`,
      timeoutMs: 30_000,
    });

  it('misses the calls that rang, and sets their people free', async () => {
    const placed = await call(ann, '/call', { callerId: 'ann', calleeIds: ['bob'], type: 'audio' });
    expect(placed.status).toBe(200);
    await crash();
    await ended('ann', ann, 'missed');
    expect((await newestOf('bob', bob)).id).toBe(placed.body.call.id);
    const again = await call(ann, '/call', { callerId: 'ann', calleeIds: ['bob'], type: 'audio' });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
  });

  it('lets people who come back go on, and ends the call of those who do not', async () => {
    const annSocket = await TestSocket.open(server, ann, 'ann-phone');
    const bobSocket = await TestSocket.open(server, bob, 'bob-phone');
    annSocket.send('call:offer', { receiverId: 'bob', offer: { type: 'offer', sdp: 'v=0' } });
    const { callId } = await bobSocket.next('call:offer');
    bobSocket.send('call:answer', { callId, receiverId: 'ann', answer: { type: 'answer', sdp: 'v=0' } });
    await annSocket.next('call:answer');
    await crash();

    const back = await TestSocket.open(server, ann, 'ann-phone');
    back.send('call:sync', {});
    const sync = await back.next('call:sync');
    expect(sync.calls).toMatchObject([{ callId, state: 'connected' }]);
    const bobBack = await TestSocket.open(server, bob, 'bob-phone');
    bobBack.send('call:ice_candidate', {
      callId,
      receiverId: 'ann',
      candidate: { candidate: 'candidate:1' },
    });
    expect((await back.next('call:ice_candidate')).candidate).toEqual({ candidate: 'candidate:1' });

    bobBack.kill();
    const hungUp = await back.next('call:hang_up', 30_000);
    expect(hungUp).toMatchObject({ callId, senderId: 'bob' });
    await ended('ann', ann, 'ended');
    back.kill();
  });

  it('ends the call when nobody comes back', async () => {
    const annSocket = await TestSocket.open(server, ann, 'ann-phone');
    const bobSocket = await TestSocket.open(server, bob, 'bob-phone');
    annSocket.send('call:offer', { receiverId: 'bob', offer: { type: 'offer', sdp: 'v=0' } });
    const { callId } = await bobSocket.next('call:offer');
    bobSocket.send('call:answer', { callId, receiverId: 'ann', answer: { type: 'answer', sdp: 'v=0' } });
    await annSocket.next('call:answer');
    await crash();
    await ended('bob', bob, 'ended');
  });

  it('brings every event to the webhooks, in order, although it died before it could', async () => {
    const receiver: Receiver = await startReceiver();
    try {
      receiver.status = 500;
      const made = await api(server, 'POST', '/api/v1/host/webhooks', {
        token: service,
        body: { url: receiver.url, secret: 'a-secret-of-sixteen-or-more', events: ['call.*', 'leg.*'] },
      });
      expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
      const placed = await call(ann, '/call', { callerId: 'ann', calleeIds: ['bob'], type: 'audio' });
      const callId: string = placed.body.call.id;
      expect((await call(ann, '/cancel', { callId, userId: 'ann' })).status).toBe(200);
      await server.stop('SIGKILL');
      const before = receiver.received.length;
      receiver.status = 200;
      server = await boot();
      const events = await api(server, 'GET', `/api/v1/host/events?subject=${callId}`, { token: service });
      const last: number = events.body.last;
      await waitFor(() => receiver.received.slice(before).some((got) => got.body.seq === last), {
        reason: `event ${last} of ${callId} to arrive`,
        timeoutMs: 40_000,
      });
      const seqs = receiver.received
        .slice(before)
        .filter((got) => got.body.subject === callId)
        .map((got) => got.body.seq);
      const firsts = seqs.filter((seq, i) => seqs.indexOf(seq) === i);
      expect(firsts).toEqual(events.body.events.map((event: { seq: number }) => event.seq));
    } finally {
      await receiver.close();
    }
  });
});
