import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Call, CallState, Client, EndReason } from '../../sdk/src/index.ts';
import { accounts, connect } from '../../sdk/src/index.ts';
import { freePort } from '../support/free-port.ts';
import type { Person, TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

let server: TestServer;
let ann: Person;
let bob: Person;
let cy: Person;
const open: Client[] = [];
let round = 0;

beforeAll(async () => {
  server = await startTestServer({
    ringMs: 2500,
    graceMs: 2500,
    stunUrls: ['stun:stun.example.com:3478'],
    turnUrls: ['turn:turn.example.com:3478'],
    turnSecret: 'a-secret-shared-with-the-relay',
  });
});
beforeEach(async () => {
  round++;
  const people = await Promise.all(
    ['ann', 'bob', 'cy'].map((name) => server.person(`${name}${round}`, { displayName: name.toUpperCase() })),
  );
  [ann, bob, cy] = people as [Person, Person, Person];
  await server.befriend(ann, bob, cy);
});
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});
afterAll(() => server.close());

interface Phone {
  client: Client;
  /** The latest call. */
  call: Call | undefined;
}

async function phone(person: Person, deviceId?: string): Promise<Phone> {
  const client = connect({
    url: server.url,
    token: person.token,
    media: false,
    ...(deviceId === undefined ? {} : { deviceId }),
  });
  open.push(client);
  const result: Phone = { client, call: undefined };
  client.on('call', (call) => {
    result.call = call;
  });
  await client.ready;
  return result;
}

const becomes = async (of: Phone, state: CallState): Promise<Call> =>
  waitFor(() => of.call?.state === state && of.call, {
    reason: `the call to be ${state}, it is ${of.call?.state}`,
  });
const ends = async (of: Phone): Promise<EndReason> =>
  waitFor(() => of.call?.endReason, { reason: 'the call to end' });

describe('two people', () => {
  it('call, answer and hang up, and both histories tell the same', async () => {
    const [a, b] = await Promise.all([phone(ann), phone(bob)]);
    const call = await a.client.call(bob.uid, { video: true });
    const theirs = await becomes(b, 'incoming');
    expect(theirs.peer).toMatchObject({ uid: ann.uid, id: ann.id, name: 'ANN' });
    await theirs.answer();
    await becomes(a, 'connected');
    expect(call.id).toBe(theirs.id);
    await call.hangUp();
    expect(await ends(b)).toBe('hung_up');
    const [mine] = await a.client.history.list();
    const [other] = await b.client.history.list({ type: 'video', status: 'ended' });
    expect(mine).toMatchObject({ id: call.id, status: 'ended', kind: 'video', callerId: ann.uid });
    expect(other).toEqual(mine);
  });

  it.each<[string, (call: Call) => Promise<void>, EndReason]>([
    ['declined', (call) => call.reject(), 'rejected'],
    ['declined as busy', (call) => call.reject('busy'), 'busy'],
    ['hung up by the callee', (call) => call.hangUp(), 'rejected'],
  ])('%s', async (_, decline, reason) => {
    const [a, b] = await Promise.all([phone(ann), phone(bob)]);
    await a.client.call(bob.uid);
    await decline(await becomes(b, 'incoming'));
    expect(await ends(a)).toBe(reason);
  });

  it('cancelled by the caller', async () => {
    const [a, b] = await Promise.all([phone(ann), phone(bob)]);
    const call = await a.client.call(bob.uid);
    await becomes(b, 'incoming');
    await call.hangUp();
    expect(await ends(b)).toBe('cancelled');
    expect(await ends(a)).toBe('cancelled');
  });

  it('not answered in time', async () => {
    const [a, b] = await Promise.all([phone(ann), phone(bob)]);
    await a.client.call(bob.uid);
    await becomes(b, 'incoming');
    expect(await ends(a)).toBe('missed');
    expect(await ends(b)).toBe('missed');
  });

  it('one of them without a device, busy, a stranger, or nobody', async () => {
    const [a, b, c] = await Promise.all([phone(ann), phone(bob), phone(cy)]);
    await server.person(`stranger${round}`);
    await expect(a.client.call(`stranger${round}`)).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(a.client.call('nobody')).rejects.toMatchObject({ reason: 'not_found' });
    await b.client.call(cy.uid);
    await becomes(c, 'incoming');
    await a.client.call(bob.uid);
    expect(await ends(a)).toBe('busy');
    c.client.close();
    b.client.close();
    await waitFor(async () => (await a.client.contacts.list()).every(({ online }) => !online), {
      reason: 'both to be offline',
    });
    a.call = undefined;
    await waitFor(
      async () =>
        (await api(server, 'GET', `/api/v1/rtc/active/${bob.uid}`, { token: bob.token })).body
          .hasActiveCall === false,
      {
        reason: 'the other call to be over',
      },
    );
    await a.client.call(bob.uid);
    expect(await ends(a)).toBe('unavailable');
  });

  it('who call each other at the same moment have one call', async () => {
    const [a, b] = await Promise.all([phone(ann), phone(bob)]);
    const [mine, theirs] = await Promise.all([a.client.call(bob.uid), b.client.call(ann.uid)]);
    expect(mine.id).toBe(theirs.id);
    await Promise.all([becomes(a, 'connected'), becomes(b, 'connected')]);
  });

  it('one of them closing the client, which leaves the call at once', async () => {
    const [a, b] = await Promise.all([phone(ann), phone(bob)]);
    await a.client.call(bob.uid);
    await (await becomes(b, 'incoming')).answer();
    await becomes(a, 'connected');
    b.client.close();
    expect(await ends(a)).toBe('hung_up');
  });

  it('one called by number', async () => {
    const [a, b] = await Promise.all([phone(ann), phone(bob)]);
    const call = await a.client.call(String(bob.id));
    expect(call.peer.uid).toBe(bob.uid);
    await (await becomes(b, 'incoming')).answer();
    await becomes(a, 'connected');
  });

  it('one calling by REST, the other answering here', async () => {
    const b = await phone(bob);
    const body = { callerId: ann.uid, calleeIds: [bob.uid], type: 'audio' };
    await api(server, 'POST', '/api/v1/rtc/call', { token: ann.token, body });
    await (await becomes(b, 'incoming')).answer();
    expect(b.call?.kind).toBe('audio');
  });
});

describe('several devices', () => {
  it('all ring, one takes the call, the others stop', async () => {
    const [a, laptop, tablet] = await Promise.all([phone(ann), phone(bob, 'laptop'), phone(bob, 'tablet')]);
    await a.client.call(bob.uid);
    await becomes(tablet, 'incoming');
    await (await becomes(laptop, 'incoming')).answer();
    expect(await ends(tablet)).toBe('answered_elsewhere');
    await becomes(a, 'connected');
  });

  it('answering at once have one winner', async () => {
    const [a, laptop, tablet] = await Promise.all([phone(ann), phone(bob, 'laptop'), phone(bob, 'tablet')]);
    await a.client.call(bob.uid);
    const calls = await Promise.all([becomes(laptop, 'incoming'), becomes(tablet, 'incoming')]);
    const results = await Promise.allSettled(calls.map((call) => call.answer()));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(calls.filter(({ state }) => state === 'connected')).toHaveLength(1);
    await becomes(a, 'connected');
  });

  it('declining on one stops the others', async () => {
    const [a, laptop, tablet] = await Promise.all([phone(ann), phone(bob, 'laptop'), phone(bob, 'tablet')]);
    await a.client.call(bob.uid);
    await becomes(tablet, 'incoming');
    await (await becomes(laptop, 'incoming')).reject();
    expect(await ends(tablet)).toBe('rejected_elsewhere');
    expect(await ends(a)).toBe('rejected');
  });

  it('one that comes while it rings rings too', async () => {
    const [a, laptop] = await Promise.all([phone(ann), phone(bob, 'laptop')]);
    await a.client.call(bob.uid);
    await becomes(laptop, 'incoming');
    const tablet = await phone(bob, 'tablet');
    await (await becomes(tablet, 'incoming')).answer();
    expect(await ends(laptop)).toBe('answered_elsewhere');
  });

  it('of the caller do not take its call for theirs', async () => {
    const [laptop, tablet, b] = await Promise.all([phone(ann, 'laptop'), phone(ann, 'tablet'), phone(bob)]);
    await laptop.client.call(bob.uid);
    await (await becomes(b, 'incoming')).answer();
    await becomes(laptop, 'connected');
    expect(tablet.client.calls.size).toBe(0);
  });

  it('are listed, and one is closed by another for good', async () => {
    const [laptop, tablet] = await Promise.all([phone(bob, 'laptop'), phone(bob, 'tablet')]);
    const devices = await laptop.client.devices.list();
    expect(devices.map(({ id, current }) => [id, current]).sort()).toEqual([
      ['laptop', true],
      ['tablet', false],
    ]);
    await laptop.client.devices.remove('tablet');
    await waitFor(() => tablet.client.state === 'closed', { reason: 'the other device to close' });
  });
});

describe('a group call', () => {
  it('connects with the first answer, tells who comes and goes, and ends with the last but one', async () => {
    const [a, b, c] = await Promise.all([phone(ann), phone(bob), phone(cy)]);
    const call = await a.client.call([bob.uid, cy.uid], { video: true });
    expect(call.isGroup).toBe(true);
    await (await becomes(b, 'incoming')).answer();
    await becomes(a, 'connected');
    await (await becomes(c, 'incoming')).answer();
    const sees = (of: Phone, who: Person, state: string) =>
      waitFor(() => of.call?.participants.get(who.uid)?.state === state, {
        reason: `${who.uid} to be ${state}`,
      });
    await Promise.all([sees(a, cy, 'joined'), sees(b, cy, 'joined'), sees(c, bob, 'joined')]);
    expect(a.call?.participants.get(cy.uid)?.person.name).toBe('CY');
    await c.call?.mute(true);
    await waitFor(() => b.call?.participants.get(cy.uid)?.muted, { reason: 'the mute' });
    await b.call?.hangUp();
    await Promise.all([sees(a, bob, 'left'), sees(c, bob, 'left')]);
    expect(a.call?.state).toBe('connected');
    await c.call?.hangUp();
    expect(await ends(a)).toBe('hung_up');
  });

  it('knows its people by name while it rings', async () => {
    const [a, b] = await Promise.all([phone(ann), phone(bob)]);
    await a.client.call([bob.uid, cy.uid]);
    const call = await becomes(b, 'incoming');
    await waitFor(() => call.participants.get(cy.uid)?.person.name === 'CY', { reason: 'the names' });
    expect(call.isGroup).toBe(true);
  });

  it('that everybody declines is over for its caller', async () => {
    const [a, b, c] = await Promise.all([phone(ann), phone(bob), phone(cy)]);
    await a.client.call([bob.uid, cy.uid]);
    await (await becomes(b, 'incoming')).reject();
    expect(a.call?.state).not.toBe('ended');
    await (await becomes(c, 'incoming')).reject();
    expect(await ends(a)).toBe('rejected');
  });

  it('grows out of a call of two', async () => {
    const [a, b, c] = await Promise.all([phone(ann), phone(bob), phone(cy)]);
    await a.client.call(bob.uid);
    await (await becomes(b, 'incoming')).answer();
    await becomes(a, 'connected');
    await a.call?.invite([cy.uid]);
    await (await becomes(c, 'incoming')).answer();
    expect([...(c.call?.participants.keys() ?? [])].sort()).toEqual([ann.uid, bob.uid].sort());
    await waitFor(() => b.call?.isGroup, { reason: 'the other one to hear of it' });
  });
});

describe('a connection that breaks', () => {
  /** Ends the socket as a server's restart does; the client comes back by itself. */
  const cut = (of: Phone, person: Person) =>
    new Promise<void>((resolve) => {
      of.client.on('state', (state) => state === 'open' && resolve());
      for (const device of server.app.presence.local.of(person.id)) {
        (device as unknown as { close(code: number): void }).close(1012);
      }
    });

  it('and comes back keeps the call', async () => {
    const [a, b] = await Promise.all([phone(ann), phone(bob)]);
    await a.client.call(bob.uid);
    await (await becomes(b, 'incoming')).answer();
    await becomes(a, 'connected');
    await cut(b, bob);
    await becomes(b, 'connected');
    await b.call?.mute(true);
    await waitFor(() => a.call?.participants.get(bob.uid)?.muted, { reason: 'the mute to get through' });
    expect(a.call?.state).toBe('connected');
  });

  it('for longer than the grace ends it for both', async () => {
    const [a, b] = await Promise.all([phone(ann), phone(bob, 'laptop')]);
    await a.client.call(bob.uid);
    await (await becomes(b, 'incoming')).answer();
    await becomes(a, 'connected');
    for (const device of server.app.presence.local.of(bob.id)) {
      (device as unknown as { close(code: number): void }).close(4001);
    }
    expect(await ends(a)).toBe('lost');
  });

  it('with the server itself, which comes back as it was: the call goes on', async () => {
    const port = await freePort();
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-sdk-'));
    const first = await startTestServer({ port, dataDir });
    const people = await Promise.all([first.person('ann'), first.person('bob')]);
    await first.befriend(...people);
    const clients = people.map(({ token }) => connect({ url: first.url, token, media: false }));
    open.push(...clients);
    await Promise.all(clients.map(({ ready }) => ready));
    const [a, b] = clients as [Client, Client];
    const answered = new Promise<void>((resolve, reject) => {
      b.on('incoming', (call) => call.answer().then(resolve, reject));
    });
    const call = await a.call('bob');
    await answered;
    await first.close();
    await waitFor(() => a.state !== 'open' && b.state !== 'open', { reason: 'both to notice' });
    expect(call.state).toBe('reconnecting');
    const second = await startTestServer({ port, dataDir });
    await waitFor(() => a.state === 'open' && b.state === 'open', { reason: 'both to be back' });
    await waitFor(() => call.state === 'connected', { reason: 'the call to go on' });
    await call.hangUp();
    await waitFor(() => b.calls.size === 0, { reason: 'the other side to end' });
    await second.close();
    await rm(dataDir, { recursive: true });
  });
});

describe('people', () => {
  it('register, find each other, become contacts and see each other come and go', async () => {
    const door = accounts(server.url);
    const names = [`zoe${round}`, `zed${round}`] as const;
    for (const username of names) {
      const account = await door.register({ username, password: 'correct horse', nickname: username });
      expect(account).toMatchObject({ uid: username, username });
    }
    await expect(door.register({ username: names[0], password: 'correct horse' })).rejects.toMatchObject({
      reason: 'conflict',
      details: { code: 1001 },
    });
    await expect(door.login({ username: names[0], password: 'wrong' })).rejects.toMatchObject({
      reason: 'unauthenticated',
      details: { code: 1004 },
    });
    const sessions = await Promise.all(
      names.map((username) => door.login({ username, password: 'correct horse' })),
    );
    const [zoe, zed] = (await Promise.all(
      sessions.map(({ token, account }) => phone({ token, uid: account.uid, id: account.id } as Person)),
    )) as [Phone, Phone];
    expect(zoe.client.me).toMatchObject({ uid: names[0], name: names[0] });
    const [found] = await zoe.client.people.search(`zed${round}`);
    expect(found?.uid).toBe(names[1]);

    const heard = new Promise((resolve) => zed.client.on('contactRequest', resolve));
    expect(await zoe.client.contacts.ask(names[1])).toMatchObject({ state: 'outgoing' });
    expect(await heard).toMatchObject({ uid: names[0] });
    const accepted = new Promise((resolve) => zoe.client.on('contactAccepted', resolve));
    await zed.client.contacts.accept(names[0]);
    expect(await accepted).toMatchObject({ uid: names[1] });
    expect(await zoe.client.contacts.list()).toMatchObject([{ state: 'accepted', online: true }]);

    const gone = new Promise((resolve) => zoe.client.on('presence', resolve));
    zed.client.close();
    expect(await gone).toEqual({ uid: names[1], online: false });

    const group = await zoe.client.groups.create('Z', [names[1]]);
    expect(group).toMatchObject({ name: 'Z', owner: names[0] });
    expect((await zoe.client.groups.list()).map(({ id }) => id)).toEqual([group.id]);
    await zoe.client.groups.removeMember(group.id, names[1]);
    const [left] = await zoe.client.groups.list();
    expect(left?.members.map(({ uid }) => uid)).toEqual([names[0]]);

    const next = await door.refresh(sessions[0]?.refreshToken ?? '');
    expect(await door.updateProfile(next.token, { nickname: 'Zoë' })).toMatchObject({ nickname: 'Zoë' });
    expect(await door.profile(next.token)).toMatchObject({ nickname: 'Zoë' });
  });

  it('whose tokens are void are cut at once', async () => {
    const token = (
      await api(server, 'POST', '/api/v1/host/tokens', { token: server.service, body: { uid: ann.uid } })
    ).body.token;
    const a = await phone({ ...ann, token });
    const failed = new Promise((resolve) => a.client.on('error', resolve));
    await server.app.people.revoke(ann.user);
    expect(await failed).toMatchObject({ reason: 'unauthenticated' });
    expect(a.client.state).toBe('closed');
  });
});

it('ICE servers come with credentials', async () => {
  const a = await phone(ann);
  const servers = await a.client.iceServers();
  expect(servers.flatMap(({ urls }) => urls)).toEqual([
    'stun:stun.example.com:3478',
    'turn:turn.example.com:3478',
  ]);
  expect(servers.find(({ urls }) => String(urls).startsWith('turn:'))).toMatchObject({
    username: expect.stringContaining(ann.uid),
    credential: expect.any(String),
  });
});
