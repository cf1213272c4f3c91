import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person, TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';
import { callOf, closed, friends, OFFER, pair, settle } from './people.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('presence', () => {
  it('is told to contacts when the first device comes and the last one goes', async () => {
    const [alice, bob] = (await friends(server, 2)) as [Person, Person];
    const stranger = await TestSocket.open(server, (await server.person('a-stranger')).token);
    const a = await TestSocket.open(server, alice.token);
    const phone = await TestSocket.open(server, bob.token, 'phone');
    expect(await a.next('presence')).toEqual({ uid: bob.uid, online: true });
    const web = await TestSocket.open(server, bob.token, 'web');
    await phone.close();
    await web.close();
    expect(await a.next('presence')).toEqual({ uid: bob.uid, online: false });
    expect(a.frames.filter(({ type }) => type === 'presence')).toHaveLength(2);
    await settle(stranger);
    expect(stranger.frames.map(({ type }) => type)).toEqual(['pong']);
  });

  it('a device is a row while its socket is open', async () => {
    const [alice] = (await friends(server, 1)) as [Person];
    const a = await TestSocket.open(server, alice.token, 'laptop');
    const rows = () => server.app.store.read.devices.of(alice.id);
    expect(await rows()).toMatchObject([{ id: 'laptop', userId: alice.id, jti: expect.any(String) }]);
    await a.close();
    await waitFor(async () => (await rows()).length === 0, { reason: 'the row to go' });
  });

  it('a device that comes and goes at once leaves nothing behind', async () => {
    const [alice] = (await friends(server, 1)) as [Person];
    const opened = Array.from({ length: 20 }, async (_, n) => {
      const socket = await TestSocket.open(server, alice.token, `d${n % 3}`);
      if (n % 2 === 0) socket.kill();
      else await socket.close();
    });
    await Promise.all(opened);
    await waitFor(async () => (await server.app.store.read.devices.of(alice.id)).length === 0, {
      reason: 'all rows to go',
    });
    expect(server.app.presence.local.has(alice.id)).toBe(false);
  });
});

describe('a void token', () => {
  it('cuts live sockets at once, and the call has its grace', async () => {
    const { a, b, bob, callId } = await pair(server);
    await server.app.people.revoke(bob.user);
    expect((await closed(b)).code).toBe(4003);
    await settle(a);
    expect((await callOf(server, callId))?.state).toBe('connected');
  });

  it('a token that runs out while the socket is open ends nothing', async () => {
    const [alice] = (await friends(server, 1)) as [Person];
    const exp = Math.floor(Date.now() / 1000) + 1;
    const a = await TestSocket.open(server, await server.tokenOf(alice.uid, { exp }));
    await waitFor(() => Date.now() > (exp + 1) * 1000, { reason: 'the token to run out' });
    await settle(a);
  });
});

describe('a node that stood still', () => {
  it('writes its people anew and says that they are here, for others have said that they are gone', async () => {
    let ahead = 0;
    const still = await startTestServer({}, { clock: { now: () => Date.now() + ahead } });
    try {
      const [alice, bob] = (await friends(still, 2)) as [Person, Person];
      const a = await TestSocket.open(still, alice.token);
      await TestSocket.open(still, bob.token, 'phone');
      expect(await a.next('presence')).toEqual({ uid: bob.uid, online: true });
      const { store } = still.app;
      const [device] = await store.read.devices.of(bob.id);
      // What another node does when our lease has run out.
      await store.transaction((tx) => tx.devices.remove(bob.id, 'phone', device?.nodeId ?? ''));
      ahead = 16_000;
      expect(await a.next('presence', 10_000)).toEqual({ uid: bob.uid, online: true });
      expect(await store.read.devices.of(bob.id)).toMatchObject([{ id: 'phone' }]);
    } finally {
      await still.close();
    }
  });
});

describe('events:follow', () => {
  it('sends the log from a number on, then what happens, without a gap', async () => {
    const { a, b, bob, alice, callId } = await pair(server);
    a.send('events:follow', { subject: callId, after: 1 });
    expect(await a.next('event')).toEqual({
      subject: callId,
      seq: 2,
      type: 'leg.ringing',
      at: expect.any(String),
      data: { uid: bob.uid },
    });
    b.send('call:media_state', { callId, muted: true });
    b.send('call:hang_up', { callId, receiverId: alice.uid });
    await waitFor(() => a.frames.find((frame) => frame.data.type === 'call.ended'), {
      reason: 'the last event',
    });
    const events = a.frames.filter(({ type }) => type === 'event').map(({ data }) => data);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 2));
    expect(events.map(({ type }) => type)).toEqual([
      ...['leg.ringing', 'leg.joined', 'call.connected', 'leg.media'],
      ...['leg.left', 'leg.left', 'call.ended'],
    ]);
  });

  it('refuses what is not the person’s to read, as unknown', async () => {
    const { callId, alice, bob } = await pair(server);
    const [carol] = (await friends(server, 1)) as [Person];
    const c = await TestSocket.open(server, carol.token);
    for (const subject of [callId, `contact:${alice.id}:${bob.id}`, 'group:none', 'everything']) {
      c.send('events:follow', { subject });
      expect(await c.next('error')).toMatchObject({ code: 404 });
    }
    c.send('events:follow', { subject: '*' });
    expect(await c.next('error')).toMatchObject({ code: 400 });
  });

  it('ends for somebody who is no member of the group any more, and for nobody else', async () => {
    const [alice, bob] = (await friends(server, 2)) as [Person, Person];
    const id = `followed-${alice.id}`;
    const host = (method: string, path: string, body?: unknown) =>
      api(server, method, `/api/v1/host/groups/${id}${path}`, { token: server.service, body });
    await host('PUT', '', { name: 'Before', members: [alice.uid, bob.uid] });
    const a = await TestSocket.open(server, alice.token);
    const b = await TestSocket.open(server, bob.token);
    for (const socket of [a, b]) {
      socket.send('events:follow', { subject: `group:${id}` });
      expect(await socket.next('event')).toMatchObject({ type: 'group.created' });
    }
    await host('DELETE', `/members/${alice.uid}`);
    expect(await a.next('error')).toMatchObject({ code: 404 });
    await host('PUT', '', { name: 'After', members: [bob.uid] });
    expect(await b.next('event')).toMatchObject({ type: 'group.member_removed' });
    expect(await b.next('event')).toMatchObject({ type: 'group.updated', data: { name: 'After' } });
    await settle(a);
    expect(a.frames.filter(({ type }) => type === 'event')).toHaveLength(1);
  });
});

describe('the server stops', () => {
  it('closes sockets with 1012 and lets in nobody more; what was being done is done', async () => {
    const other = await startTestServer();
    const { a, b, bob, callId } = await pair(other);
    let saved: unknown;
    const { store } = other.app;
    const closing = async () => {
      a.send('call:hang_up', { callId, receiverId: bob.uid, reason: 'normal' });
      await b.next('call:hang_up');
      saved = await store.read.calls.get(callId);
      await other.close();
    };
    await closing();
    expect((await closed(a)).code).toBe(1012);
    expect((await closed(b)).code).toBe(1012);
    expect(saved).toMatchObject({ state: 'ended' });
    await expect(TestSocket.open(other, bob.token)).rejects.toThrow();
  });
});

describe('operations', () => {
  it('/health and /ready', async () => {
    expect(await api(server, 'GET', '/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await api(server, 'GET', '/ready')).toMatchObject({
      status: 200,
      body: { status: 'ok', checks: { database: 'ok', bus: 'ok', engine: 'ok' } },
    });
  });

  it('/ready names what does not answer', async () => {
    const { store } = server.app;
    const ping = store.ping.bind(store);
    store.ping = () => Promise.reject(new Error('gone'));
    const answer = await api(server, 'GET', '/ready');
    store.ping = ping;
    expect(answer).toMatchObject({
      status: 503,
      body: { status: 'unavailable', checks: { database: 'unavailable', bus: 'ok', engine: 'ok' } },
    });
  });

  it('/metrics counts calls by state and ending, ring time, sockets, the relay and routes; no secrets', async () => {
    const { a, b, bob, callId } = await pair(server);
    for (let n = 0; n < 40; n++)
      a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate: null });
    a.send('call:hang_up', { callId, receiverId: bob.uid, reason: `my own words ${bob.token}`.slice(0, 64) });
    await b.next('call:hang_up');
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
    await b.next('call:offer');
    const { body, headers } = await api(server, 'GET', '/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toMatch(/parley_calls_total\{state="connected",ending=""\} [1-9]/);
    expect(body).toMatch(/parley_calls_total\{state="ended",ending="other"\} 1/);
    expect(body).toMatch(/parley_calls\{state="ringing"\} [1-9]/);
    expect(body).toMatch(/parley_call_ring_seconds_count [1-9]/);
    expect(body).toMatch(/parley_sockets [1-9]/);
    expect(body).toMatch(/parley_relay_delay_seconds_count [1-9]/);
    expect(body).toMatch(/parley_http_request_seconds_count\{method="GET",route="\/health",status="200"\} 1/);
    for (const secret of [bob.token, bob.uid, callId, 'my own words']) expect(body).not.toContain(secret);
  });

  it('/asyncapi.json has every frame', async () => {
    const { body } = await api(server, 'GET', '/asyncapi.json');
    expect(body.asyncapi).toBe('3.0.0');
    const names = Object.keys(body.components.messages);
    const both = [
      'offer',
      'answer',
      'ice_candidate',
      'signal',
      'hang_up',
      'reject',
      'busy',
      'media_state',
      'sync',
    ];
    expect(names).toEqual(
      expect.arrayContaining(both.flatMap((name) => [`client.call.${name}`, `server.call.${name}`])),
    );
    expect(body.components.messages['server.call.answer'].payload.properties.data.required).toEqual(
      expect.arrayContaining(['callId', 'senderId', 'responderInfo', 'timestamp']),
    );
    for (const operation of Object.values(body.operations) as { messages: { $ref: string }[] }[]) {
      for (const { $ref } of operation.messages) {
        const at = $ref.slice(2).split('/');
        const found = at.reduce((value, key) => value?.[key], body);
        expect(found, $ref).toBeDefined();
      }
    }
  });
});
