import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/databases.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { sign } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';
import { Mortal } from './mortal.ts';

interface Person {
  uid: string;
  token: string;
}

/**
 * What `kill -9` may cost: time, and nothing that was acknowledged. One crash of each database's server finds all of
 * this under way, and what comes of it is waited for together.
 */
describe.concurrent.each(backends())('a killed server on %s', (backend) => {
  let server: Mortal;
  let receiver: Receiver;
  let ringing: Awaited<ReturnType<typeof rings>>;
  let returning: Awaited<ReturnType<typeof connected>>;
  let leaving: Awaited<ReturnType<typeof connected>>;
  let lost: Awaited<ReturnType<typeof connected>>;
  let told: { callId: string; before: number };

  beforeAll(async () => {
    receiver = await startReceiver();
    // Three servers start side by side on few cores: who comes back must be in time all the same.
    server = await Mortal.boot(backend, { RING_TIMEOUT_S: '4', RECONNECT_GRACE_S: '12' });
    told = await cancelledUntold();
    [returning, leaving, lost] = await Promise.all([
      connected('cid', 'dee'),
      connected('ian', 'joy'),
      connected('eve', 'fay'),
    ]);
    // Last, for it is to ring when the crash comes.
    ringing = await rings('ann', 'bob');
    await server.crash(async () => {
      told.before = receiver.received.length;
      receiver.status = 200;
    });
    // Whoever comes back has the time of the grace for it, and no longer.
    [returning, leaving] = await Promise.all([back(returning), back(leaving)]);
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await receiver?.close();
  });

  async function pair(...uids: [string, string]): Promise<[Person, Person]> {
    for (const uid of uids)
      expect((await server.ask('PUT', `/api/v1/host/users/${uid}`, {})).status, uid).toBe(200);
    await server.ask('PUT', `/api/v1/host/contacts/${uids[0]}/${uids[1]}`);
    const [caller, callee] = uids;
    return [
      { uid: caller, token: await sign({ sub: caller }) },
      { uid: callee, token: await sign({ sub: callee }) },
    ];
  }

  const place = (caller: Person, callee: Person) =>
    server.ask(
      'POST',
      '/api/v1/rtc/call',
      { callerId: caller.uid, calleeIds: [callee.uid], type: 'audio' },
      caller.token,
    );

  async function rings(...uids: [string, string]) {
    const [caller, callee] = await pair(...uids);
    const placed = await place(caller, callee);
    expect(placed.status, JSON.stringify(placed.body)).toBe(200);
    return { caller, callee, callId: placed.body.call.id as string };
  }

  async function sockets({ caller, callee }: { caller: Person; callee: Person }) {
    const [near, far] = await Promise.all(
      [caller, callee].map(({ uid, token }) => TestSocket.open(server, token, `${uid}-phone`)),
    );
    return { near: near as TestSocket, far: far as TestSocket };
  }

  const back = async (pair: typeof returning) => ({ ...pair, ...(await sockets(pair)) });

  async function connected(...uids: [string, string]) {
    const [caller, callee] = await pair(...uids);
    const { near, far } = await sockets({ caller, callee });
    near.send('call:offer', { receiverId: callee.uid, offer: { type: 'offer', sdp: 'v=0' } });
    const callId: string = (await far.next('call:offer')).callId;
    const answer = { type: 'answer', sdp: 'v=0' };
    far.send('call:answer', { callId, receiverId: caller.uid, answer });
    await near.next('call:answer');
    return { caller, callee, callId, near, far };
  }

  /** A call whose events an endpoint has refused so far. */
  async function cancelledUntold() {
    receiver.status = 500;
    const events = ['call.*', 'leg.*'];
    const hook = { url: receiver.url, secret: 'a-secret-of-sixteen-or-more', events };
    const made = await server.ask('POST', '/api/v1/host/webhooks', hook);
    expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
    const { caller, callId } = await rings('gus', 'hal');
    const cancel = { callId, userId: caller.uid };
    expect((await server.ask('POST', '/api/v1/rtc/cancel', cancel, caller.token)).status).toBe(200);
    return { callId, before: 0 };
  }

  async function newestOf({ uid, token }: Person) {
    const answer = await server.ask('GET', `/api/v1/rtc/calls/${uid}?limit=1`, undefined, token);
    expect(answer.status).toBe(200);
    return answer.body[0];
  }

  const becomes = (person: Person, status: string) =>
    waitFor(async () => (await newestOf(person)).status === status, {
      reason: `${person.uid}'s call to be ${status}`,
      timeoutMs: 30_000,
    });

  it('misses the calls that rang, and sets their people free', async () => {
    const { caller, callee, callId } = ringing;
    await becomes(caller, 'missed');
    expect((await newestOf(callee)).id).toBe(callId);
    const again = await place(caller, callee);
    expect(again.status, JSON.stringify(again.body)).toBe(200);
  });

  it('lets people who come back go on', async () => {
    const { caller, callId, near, far } = returning;
    near.send('call:sync', {});
    const sync = await near.next('call:sync');
    expect(sync.calls).toMatchObject([{ callId, state: 'connected' }]);
    const candidate = { candidate: 'candidate:1' };
    far.send('call:ice_candidate', { callId, receiverId: caller.uid, candidate });
    expect((await near.next('call:ice_candidate')).candidate).toEqual(candidate);

    // Longer than the grace of the crash: they are back, not merely not yet missed.
    await becomes(lost.caller, 'ended');
    expect((await newestOf(caller)).status).toBe('connected');
    near.kill();
    far.kill();
  });

  it('ends the call of somebody who comes back and is lost again', async () => {
    const { caller, callee, callId, near, far } = leaving;
    far.kill();
    const hungUp = await near.next('call:hang_up', 30_000);
    expect(hungUp).toMatchObject({ callId, senderId: callee.uid });
    await becomes(caller, 'ended');
    near.kill();
  });

  it('ends the call when nobody comes back', async () => {
    expect((await newestOf(lost.callee)).id).toBe(lost.callId);
    await becomes(lost.callee, 'ended');
  });

  it('brings every event to the webhooks, in order, although it died before it could', async () => {
    const { callId, before } = told;
    const { body } = await server.ask('GET', `/api/v1/host/events?subject=${callId}`);
    const last: number = body.last;
    const arrived = () => receiver.received.slice(before).filter((got) => got.body.subject === callId);
    await waitFor(() => arrived().some((got) => got.body.seq === last), {
      reason: `event ${last} of ${callId} to arrive`,
      timeoutMs: 40_000,
    });
    const seqs = arrived().map((got) => got.body.seq);
    const firsts = seqs.filter((seq, i) => seqs.indexOf(seq) === i);
    expect(firsts).toEqual(body.events.map((event: { seq: number }) => event.seq));
  });
});
