import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM } from '../../src/adapters/engine/embedded/media/sdp/offers.fixture.ts';
import { eventsOf } from '../../src/core/log/index.ts';
import { RtcClient } from '../support/rtc-client.ts';
import { api, EMBEDDED, type Person, startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { enter, join, people, plan, Signaling } from './client.ts';

let server: TestServer;
let admin: Person;
beforeAll(async () => {
  server = await startTestServer({ media: EMBEDDED });
  admin = await server.person('admin');
  await server.app.people.put('admin', { role: 'admin' });
});
afterAll(() => server.close());

/** What the interruption may take to be everywhere. */
const AT_ONCE = { timeoutMs: 1000 };

/** A meeting of three: its host and a witness are in it, by sockets alone; what happens, happens to the guest. */
class Scene {
  readonly host: Person;
  readonly witness: Person;
  readonly guest: Person;
  readonly id: number;
  readonly others: readonly Signaling[];
  /** The guest's, once there is one. */
  socket: Signaling | undefined;
  media: RtcClient | undefined;
  /** Opens the socket of who has joined. */
  address = '';

  constructor([host, witness, guest]: readonly [Person, Person, Person], id: number, others: Signaling[]) {
    this.host = host;
    this.witness = witness;
    this.guest = guest;
    this.id = id;
    this.others = others;
  }

  static async set(waits: boolean): Promise<Scene> {
    const all = await people(server, 'host', 'witness', 'guest');
    const id = await plan(server, all[0], { settings: { enable_waiting_room: waits } });
    const first = await enter(server, all[0], id);
    await call(all[0], 'POST', `${id}/participants`, { user_id: all[1].id });
    return new Scene(all, id, [first, await enter(server, all[1], id)]);
  }

  async joins(): Promise<Scene> {
    this.address = (await join(server, this.guest, this.id)).body.data.room_url;
    return this;
  }

  async opens(): Promise<Signaling> {
    await this.joins();
    this.socket = await Signaling.open(this.address);
    return this.socket;
  }

  async enters(data: object = {}): Promise<Signaling> {
    const socket = await this.opens();
    socket.send('join', data);
    await socket.next('joined');
    return socket;
  }

  /** Publishes by the socket, until the server has answered. */
  async publishes(): Promise<Signaling> {
    const socket = await this.enters();
    socket.send('offer', { type: 'offer', sdp: CHROMIUM });
    await socket.next('answer');
    return socket;
  }

  /** In the room with LiveKit's client, whose connection stands. */
  async connects(): Promise<RtcClient> {
    await this.enters({ media: false });
    const { body } = await join(server, this.guest, this.id);
    this.media = await RtcClient.join(body.data.url, body.data.token);
    return this.media;
  }

  async isOut(): Promise<void> {
    const { guest, id } = this;
    const about = { reason: `${guest.uid} to be out of meeting ${id}`, ...AT_ONCE };
    await waitFor(async () => {
      const meeting = await server.app.store.read.meetings.get(id);
      const there = meeting?.participants.find(({ userId }) => userId === guest.id);
      if (there?.state === 'online' || there?.state === 'waiting') return false;
      if (meeting?.sessions.some(({ userId }) => userId === guest.id)) return false;
      const members = await server.app.engine.members(`meet_${id}`);
      return !members.some(({ identity }) => identity === guest.uid);
    }, about);
    if (this.media) await waitFor(() => this.media?.gone, about);
  }

  /** What the witness has been told of the guest's going. */
  get left() {
    return this.others.map((one) => one.of('user-left').filter(({ from }) => from === this.guest.id));
  }
}

const call = (by: Person, method: string, path: string, body?: object) =>
  api(server, method, `/api/v1/meetings/${path}`, { token: by.token, ...(body ? { body } : {}) });

interface Step {
  readonly name: string;
  readonly waits?: boolean;
  /** Whether anybody has heard of them by then. */
  readonly known: boolean;
  readonly take: (scene: Scene) => Promise<unknown>;
}

const STEPS: readonly Step[] = [
  { name: 'has registered', known: false, take: async () => {} },
  { name: 'has joined over REST', known: true, take: (scene) => scene.joins() },
  { name: 'waits, without a socket', waits: true, known: true, take: (scene) => scene.joins() },
  { name: 'waits', waits: true, known: true, take: (scene) => scene.enters() },
  { name: 'has just opened a socket', known: true, take: (scene) => scene.opens() },
  { name: 'has not offered yet', known: true, take: (scene) => scene.enters() },
  {
    name: 'has just offered',
    known: true,
    async take(scene) {
      (await scene.enters()).send('offer', { type: 'offer', sdp: CHROMIUM });
    },
  },
  { name: 'has been answered', known: true, take: (scene) => scene.publishes() },
  {
    name: 'sends candidates',
    known: true,
    async take(scene) {
      const socket = await scene.publishes();
      for (let port = 40_001; port < 40_006; port++) {
        const candidate = `candidate:1 1 udp 2113937151 127.0.0.1 ${port} typ host`;
        socket.send('ice-candidate', { candidate, sdpMid: '0', target: 'publisher' });
      }
    },
  },
  {
    name: 'negotiates again',
    known: true,
    async take(scene) {
      (await scene.publishes()).send('offer', { type: 'offer', sdp: CHROMIUM });
    },
  },
  {
    name: 'is offered what somebody publishes',
    known: true,
    async take(scene) {
      const socket = await scene.enters();
      scene.others[1]?.send('offer', { type: 'offer', sdp: CHROMIUM });
      await socket.next('offer');
    },
  },
  { name: 'is connected', known: true, take: (scene) => scene.connects() },
  {
    name: 'publishes',
    known: true,
    async take(scene) {
      await (await scene.connects()).publish('audio', 'microphone');
    },
  },
  {
    name: 'writes',
    known: true,
    async take(scene) {
      (await scene.enters()).send('chat', { content: 'I was about to say' });
    },
  },
  {
    name: 'leaves',
    known: true,
    async take(scene) {
      (await scene.enters()).send('leave');
    },
  },
];

const ban = ({ guest }: Scene) =>
  api(server, 'POST', `/api/v1/admin/users/${guest.id}/ban`, { token: admin.token, body: {} });
const remove = ({ host, guest, id }: Scene) => call(host, 'DELETE', `${id}/participants/${guest.id}`);
const end = ({ host, id }: Scene) => call(host, 'POST', `${id}/end`);

/** In the meeting by its door once more: over REST and by a socket. */
async function comesBack({ guest, id }: Scene): Promise<(number | string)[]> {
  const { status } = await join(server, guest, id);
  const url = `${server.wsUrl}/ws/signaling?meeting_id=${id}&user_id=${guest.id}&token=${guest.token}`;
  const socket = await Signaling.open(url).catch((error: Error) => error.message.slice(0, 3));
  if (typeof socket === 'string') return [status, socket];
  socket.send('join');
  const answer = await waitFor(() => socket.frames[0], { reason: 'an answer to join' });
  await socket.close();
  return [status, answer.type === 'error' ? answer.data.reason : answer.type];
}

/** The meeting goes on for the others, who have heard of it once; the log is whole. */
async function othersGoOn(scene: Scene, known: boolean): Promise<void> {
  const { others, id, host, witness } = scene;
  const times = known ? 1 : 0;
  await waitFor(() => scene.left.every((told) => told.length >= times), {
    reason: 'the others to be told',
    ...AT_ONCE,
  });
  others[1]?.send('chat', { content: 'Let us go on' });
  for (const one of others) {
    await one.next('chat', ({ data }) => data.content === 'Let us go on');
    await one.settle();
    expect(one.closed).toBeUndefined();
  }
  expect(scene.left.map((told) => told.length)).toEqual([times, times]);
  const meeting = await server.app.store.read.meetings.get(id);
  const online = meeting?.participants.filter(({ state }) => state === 'online');
  expect(online?.map(({ userId }) => userId)).toEqual([host.id, witness.id]);
  const sockets = meeting?.sessions.filter(({ kind }) => kind === 'socket');
  expect(sockets?.map(({ userId }) => userId).sort()).toEqual([host.id, witness.id].sort());
}

async function isWhole({ id }: Scene): Promise<readonly string[]> {
  const { events } = await eventsOf(server.app, `meeting:${id}`, 0, 500);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
  return events.map(({ type }) => type);
}

/** The sockets of the guest are closed so, where they were in the meeting. */
async function isClosed({ socket }: Scene, ...codes: number[]): Promise<void> {
  if (!socket) return;
  const closed = await waitFor(() => socket.closed, { reason: 'the socket to be closed', ...AT_ONCE });
  expect(codes).toContain(closed.code);
}

describe.each(STEPS)('somebody who $name', ({ name, waits = false, known, take }) => {
  const scene = async () => {
    const made = await Scene.set(waits);
    await take(made);
    return made;
  };
  /** A socket that is in no meeting has nothing to be taken out of. */
  const seated = !['has just opened a socket', 'leaves'].includes(name);

  it('is banned', async () => {
    const at = await scene();
    const banned = await ban(at);
    expect(banned.status).toBe(200);
    await at.isOut();
    await isClosed(at, 4003);
    await othersGoOn(at, known);
    expect(await comesBack(at)).toEqual([403, '403']);
    if (at.address) await expect(Signaling.open(at.address)).rejects.toThrow(/^40[13]/);
    await isWhole(at);
  });

  it('is removed', async () => {
    const at = await scene();
    const { status } = await remove(at);
    // Of whom nobody has heard nobody can be rid.
    expect(status).toBe(known ? 200 : 404);
    await at.isOut();
    if (seated) await isClosed(at, 4011);
    await othersGoOn(at, known);
    if (known) expect(await comesBack(at)).toEqual([403, 'forbidden']);
    else expect(await comesBack(at)).toEqual([200, 'joined']);
    const types = await isWhole(at);
    expect(types.filter((type) => type === 'meeting.removed')).toHaveLength(known ? 1 : 0);
  });

  it('sees the meeting end', async () => {
    const at = await scene();
    expect((await end(at)).status).toBe(200);
    await at.isOut();
    if (seated) await isClosed(at, 4010);
    for (const one of at.others) {
      expect((await one.gone()).code).toBe(4010);
      expect(one.of('meeting-ended')).toHaveLength(1);
    }
    expect(await server.app.engine.members(`meet_${at.id}`)).toEqual([]);
    expect(await server.app.store.read.meetingSessions.count(at.id, true)).toBe(0);
    expect(await comesBack(at)).toEqual([410, '410']);
    expect((await isWhole(at)).at(-1)).toBe('meeting.ended');
  });
});

/** Steps and interruptions that are under way together: whichever is first, nobody stays. */
const TOGETHER: readonly (Step & { readonly begin: (scene: Scene) => Promise<unknown> })[] = [
  {
    name: 'joins over REST',
    known: false,
    take: async () => {},
    begin: (scene) => join(server, scene.guest, scene.id),
  },
  {
    name: 'opens a socket',
    known: true,
    take: (scene) => scene.joins(),
    begin: async ({ address }) => (await Signaling.open(address)).send('join'),
  },
  {
    name: 'is let in',
    known: true,
    waits: true,
    take: (scene) => scene.enters(),
    begin: ({ host, guest, id }) => call(host, 'POST', `${id}/participants`, { user_id: guest.id }),
  },
  {
    name: 'offers, and is answered',
    known: true,
    take: (scene) => scene.enters(),
    begin: async ({ socket }) => {
      socket?.send('offer', { type: 'offer', sdp: CHROMIUM });
      await socket?.next('answer');
    },
  },
];

describe.each(TOGETHER)('at the moment when somebody $name', ({ known, waits = false, take, begin }) => {
  // Who is not there yet cannot be removed: that may come too early to mean anything.
  const ways = { ban, end, ...(known ? { remove } : {}) };

  it.each(Object.entries(ways))('%s: nobody is in, whichever was first', async (_, interrupt) => {
    const at = await Scene.set(waits);
    await take(at);
    // Refused is as good as done and undone.
    const begun = begin(at).catch(() => undefined);
    expect((await interrupt(at)).status).toBe(200);
    await begun;
    await at.isOut();
    const { events } = await eventsOf(server.app, `meeting:${at.id}`, 0, 500);
    await isWhole(at);
    const logged = (type: string) =>
      events.filter((event) => event.type === `meeting.${type}` && event.data.user_id === at.guest.id).length;
    if (interrupt !== end) {
      expect(logged('left') + logged('removed')).toBe(Math.max(logged('joined'), logged('waiting')));
      await othersGoOn(at, logged('left') + logged('removed') > 0);
    }
  });
});
