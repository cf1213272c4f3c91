import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { EMBEDDED, startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { heard, loadMeeting, playing, plays } from './signaling-page.ts';

let server: TestServer;
let browser: TestBrowser;
beforeAll(async () => {
  // With its limits, as it is started by somebody.
  [server, browser] = await Promise.all([
    startTestServer({ media: EMBEDDED, rateLimits: true }),
    TestBrowser.launch(),
  ]);
});
afterEach((context) => browser.endTest(context));
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const PASSWORD = 'password123';
const SECRET = 'sesame';

/** Somebody with a page that has nothing but what browsers have. */
class Somebody {
  readonly page: Page;
  readonly name: string;
  id = 0;
  #token: string | undefined;

  private constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
  }

  /** Opens an account, and signs in. */
  static async registers(name: string): Promise<Somebody> {
    const page = await browser.open(name);
    await page.goto(`${server.url}/health`);
    const one = new Somebody(page, name);
    const account = { username: name, password: PASSWORD };
    const email = `${name}@example.com`;
    const made = await one.asks('POST', 'auth/register', { ...account, email, nickname: name.toUpperCase() });
    expect(made).toMatchObject({ code: 201, data: { username: name, email, status: 'active' } });
    const { code, data } = await one.asks('POST', 'auth/login', account);
    expect(code).toBe(200);
    one.#token = data.token;
    one.id = data.user.user_id;
    return one;
  }

  /** One request by the page's own `fetch`; the envelope of its answer. */
  asks(method: string, path: string, body?: object) {
    return this.page.evaluate(
      async ([verb, url, token, text]) => {
        const headers: Record<string, string> =
          text === undefined ? {} : { 'content-type': 'application/json' };
        if (token !== undefined) headers.authorization = `Bearer ${token}`;
        const response = await fetch(url, {
          method: verb,
          headers,
          ...(text === undefined ? {} : { body: text }),
        });
        const answer = await response.json();
        // biome-ignore lint/suspicious/noExplicitAny: what a server answers is what the test is about.
        return { ...answer, status: response.status } as { status: number; code: number; data: any };
      },
      [method, `/api/v1/${path}`, this.#token, body && JSON.stringify(body)] as const,
    );
  }

  /** The same, of which only the data is wanted. */
  async gets(path: string) {
    const { code, data } = await this.asks('GET', path);
    expect(code, path).toBe(200);
    return data;
  }

  /** Joins over REST, then opens the socket; answers what both have said. */
  async joins(id: number, body: object = {}): Promise<string[]> {
    const { code, data } = await this.asks('POST', `meetings/${id}/join`, body);
    expect(code).toBe(200);
    await loadMeeting(this.page, server, data.room_url);
    return [data.status, (await heard(this.page, 'joined'))[0]?.data.status];
  }

  async publishes(): Promise<void> {
    await this.page.evaluate(() => meeting.publish('microphone'));
    await this.page.evaluate(() => meeting.publish('camera'));
  }

  says(content: string): Promise<void> {
    return this.page.evaluate((words) => meeting.send('chat', { content: words }), content);
  }

  /** The frame of that type that fits. */
  hears(type: string, fits: (data: { user_id: number; [name: string]: unknown }) => boolean = () => true) {
    return waitFor(async () => (await heard(this.page, type)).find(({ data }) => fits(data)), {
      reason: `${this.name} to hear ${type}`,
    });
  }

  closed(): Promise<boolean> {
    return this.page.evaluate(() => meeting.socket.readyState === WebSocket.CLOSED);
  }
}

const media = (...people: Somebody[]) => people.flatMap(({ id }) => [`${id} microphone`, `${id} camera`]);

/** Nothing of them is new from one look to the next, a while later. */
const ends = (at: Somebody, whose: Somebody) =>
  waitFor(async () => !(await playing(at.page)).some((one) => one.startsWith(`${whose.id} `)), {
    reason: `${whose.name} to be seen and heard by ${at.name} no more`,
    timeoutMs: 30_000,
    everyMs: 500,
  });

it('a meeting from its plan to its history by fetch, WebSocket and RTCPeerConnection alone', async () => {
  const admin = await Somebody.registers('root');
  const [host, ann, bob] = [
    await Somebody.registers('host'),
    await Somebody.registers('ann'),
    await Somebody.registers('bob'),
  ];
  // The first account is the administrator.
  const users = await admin.gets('admin/users?sort=user_id&order=asc');
  expect(users.users.map(({ username, role }: Record<string, string>) => [username, role])).toEqual([
    ['root', 'admin'],
    ['host', 'user'],
    ['ann', 'user'],
    ['bob', 'user'],
  ]);
  expect((await host.asks('GET', 'admin/users')).code).toBe(403);

  const planned = await host.asks('POST', 'meetings', {
    title: 'Weekly',
    start_time: '2030-03-01T18:00:00+08:00',
    end_time: '2030-03-01T19:00:00+08:00',
    max_participants: 10,
    meeting_type: 'video',
    password: SECRET,
    settings: { enable_waiting_room: true },
  });
  expect(planned).toMatchObject({
    code: 201,
    data: {
      status: 'scheduled',
      start_time: '2030-03-01T10:00:00Z',
      has_password: true,
      creator_id: host.id,
    },
  });
  const id: number = planned.data.meeting_id;
  const path = `meetings/${id}`;
  expect((await host.gets('my/meetings/upcoming')).meetings[0].meeting_id).toBe(id);

  // The guests: the password, then the wait, before the host is there and after.
  for (const password of [undefined, 'wrong'])
    expect((await ann.asks('POST', `${path}/join`, { password })).code).toBe(2004);
  expect(await ann.joins(id, { password: SECRET })).toEqual(['waiting', 'waiting']);
  expect(await host.joins(id)).toEqual(['online', 'online']);
  expect(await bob.joins(id, { password: SECRET })).toEqual(['waiting', 'waiting']);
  await host.hears('user-waiting', ({ user_id }) => user_id === bob.id);
  const { participants } = await host.gets(`${path}/participants`);
  expect(participants.map(({ user_id, status }: Record<string, unknown>) => [user_id, status])).toEqual(
    expect.arrayContaining([
      [host.id, 'online'],
      [ann.id, 'waiting'],
      [bob.id, 'waiting'],
    ]),
  );
  await ann.says('let me in');
  await ann.hears('error');
  expect((await host.asks('POST', `${path}/participants`, { user_id: ann.id })).code).toBe(200);
  expect(
    (await host.asks('PUT', `${path}/participants/${bob.id}/role`, { role: 'participant' })).data.status,
  ).toBe('online');
  for (const guest of [ann, bob]) {
    await guest.hears('joined', ({ status }) => status === 'online');
    await host.hears('user-joined', ({ user_id }) => user_id === guest.id);
  }

  // Everybody sees and hears everybody, and no one themselves.
  const everybody = [host, ann, bob];
  for (const one of everybody) await one.publishes();
  for (const one of everybody) await plays(one.page, ...media(...everybody.filter((other) => other !== one)));
  expect((await playing(ann.page)).filter((one) => one.startsWith(`${ann.id} `))).toEqual([]);
  const { peers } = await ann.gets(`webrtc/room/${id}/peers`);
  expect(peers.map((peer: { tracks: object[] }) => peer.tracks.length)).toEqual([2, 2, 2]);
  // What the engine measures of each: both ways, in bits a second.
  const measured = await waitFor(
    async () => {
      const stats = await ann.gets(`webrtc/room/${id}/stats`);
      const flows = stats.peers.every(
        ({ bitrate_up: up, bitrate_down: down }: Record<string, { audio: number; video: number }>) =>
          up?.audio && up.video && down?.audio && down.video,
      );
      return stats.peer_count === 3 && flows ? stats : undefined;
    },
    { reason: 'the engine to have measured everybody', timeoutMs: 20_000, everyMs: 250 },
  );
  expect(measured.peers.map((one: { user_id: number }) => one.user_id).sort()).toEqual(
    everybody.map((one) => one.id).sort(),
  );
  expect(measured.bitrate_down).toBeGreaterThan(measured.bitrate_up);

  await ann.says('Good morning');
  await bob.hears('chat', ({ content }) => content === 'Good morning');
  expect((await host.asks('POST', `${path}/messages`, { content: 'Welcome' })).code).toBe(200);
  for (const one of everybody) await one.hears('chat', ({ content }) => content === 'Welcome');
  for (const route of [`${path}/messages`, `messages/history/${id}`]) {
    const { messages, total } = await bob.gets(route);
    expect([total, ...messages.map((one: Record<string, unknown>) => [one.user_id, one.content])]).toEqual([
      2,
      [ann.id, 'Good morning'],
      [host.id, 'Welcome'],
    ]);
  }

  expect((await ann.asks('POST', `${path}/lock`, { locked: true })).code).toBe(403);
  await host.asks('PUT', `${path}/participants/${ann.id}/role`, { role: 'moderator' });
  await ann.hears('role', ({ user_id, role }) => user_id === ann.id && role === 'moderator');
  expect((await ann.asks('POST', `${path}/lock`, { locked: true })).code).toBe(200);
  expect((await ann.asks('POST', `${path}/lock`, { locked: false })).code).toBe(200);

  // Bob is out: of the meeting, of everybody's pictures, and for good.
  expect((await host.asks('DELETE', `${path}/participants/${bob.id}`)).code).toBe(200);
  await bob.hears('removed');
  await waitFor(() => bob.closed(), { reason: 'the socket of who was removed to be closed' });
  for (const one of [host, ann]) {
    await one.hears('user-left', ({ user_id, reason }) => user_id === bob.id && reason === 'removed');
    await ends(one, bob);
  }
  await ends(bob, ann);
  await ends(bob, host);
  await plays(host.page, ...media(ann));
  expect((await bob.asks('POST', `${path}/join`, { password: SECRET })).status).toBe(403);
  expect((await bob.asks('GET', `${path}/messages`)).status).toBe(403);
  const left = (await ann.gets(`webrtc/room/${id}/peers`)).peers;
  expect(left.map(({ user_id }: { user_id: number }) => user_id)).toEqual([host.id, ann.id]);

  expect((await ann.asks('POST', `${path}/end`)).code).toBe(403);
  expect((await host.asks('POST', `${path}/end`)).data.status).toBe('ended');
  for (const one of [host, ann]) {
    await one.hears('meeting-ended');
    await waitFor(() => one.closed(), { reason: `the socket of ${one.name} to be closed` });
  }
  await ends(ann, host);
  expect((await ann.asks('POST', `${path}/join`, { password: SECRET })).code).toBe(2002);
  for (const one of everybody) expect(await heard(one.page, 'error')).toHaveLength(one === ann ? 1 : 0);

  // What is kept of it: for those who were in it, in numbers, and for the administrator.
  for (const [one, role] of [
    [host, 'host'],
    [ann, 'moderator'],
  ] as const) {
    const { meetings } = await one.gets('my/meetings/history');
    expect(meetings).toMatchObject([{ meeting_id: id, status: 'ended', role, left_at: expect.any(String) }]);
  }
  const { sessions } = await host.gets(`sessions/room/${id}?status=ended`);
  const reasons = (whose: Somebody) =>
    sessions
      .filter(({ user_id }: { user_id: number }) => user_id === whose.id)
      .map(({ kind, reason }: Record<string, string>) => `${kind} ${reason}`)
      .sort();
  expect(reasons(bob)).toEqual(['media removed', 'socket removed']);
  expect(reasons(ann)).toEqual(['media ended', 'socket ended']);
  expect((await host.gets(`sessions/room/${id}?status=open`)).total).toBe(0);
  expect(await admin.gets('stats/overview')).toMatchObject({
    total_users: 4,
    meetings: { scheduled: 0, ongoing: 0, ended: 1, cancelled: 0 },
    active_sessions: 0,
    total_sessions: sessions.length,
    total_messages: 2,
  });
  expect((await admin.gets('stats/rooms')).rooms).toMatchObject([
    { meeting_id: id, status: 'ended', online: 0, participants: 3, messages: 2 },
  ]);
  expect((await admin.gets('meetings')).meetings).toMatchObject([{ meeting_id: id, status: 'ended' }]);
  expect((await host.asks('GET', 'stats/overview')).code).toBe(403);
});
