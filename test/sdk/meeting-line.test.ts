import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Client, MeetingLine, NewMeeting, ParleyError } from '../../sdk/src/index.ts';
import { connect } from '../../sdk/src/index.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

let server: TestServer;
let round = 0;
let ann: Client;
let bob: Client;
let cy: Client;
const open: (Client | MeetingLine)[] = [];

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  round++;
  [ann, bob, cy] = await Promise.all([client('ann'), client('bob'), client('cy')]);
});
afterEach(() => {
  for (const one of open.splice(0).reverse()) one.close();
  vi.unstubAllGlobals();
});
afterAll(() => server.close());

/** Whatever is opened from now on, to the end of the test. */
function openedSockets(): WebSocket[] {
  const sockets: WebSocket[] = [];
  class Noted extends WebSocket {
    constructor(...asked: ConstructorParameters<typeof WebSocket>) {
      super(...asked);
      sockets.push(this);
    }
  }
  vi.stubGlobal('WebSocket', Noted);
  return sockets;
}

async function client(name: string): Promise<Client> {
  const { token } = await server.person(`${name}${round}`, { displayName: name.toUpperCase() });
  const made = connect({ url: server.url, token, media: false, reconnectDelay: () => 20 });
  open.push(made);
  await made.ready;
  return made;
}

function line(of: Client, id: number, password?: string): MeetingLine {
  const made = of.meetings.open(id, password === undefined ? {} : { password });
  open.push(made);
  return made;
}

const meeting = async (more: Partial<NewMeeting> = {}) =>
  (await ann.meetings.create({ title: 'Monday', ...more })).id;
const nameOf = (of: Client) => of.me?.name;
const userOf = (of: Client) => of.me?.id ?? 0;
const names = (of: MeetingLine, part: 'people' | 'waiting' = 'people') =>
  [...of.view[part].values()].map(({ name }) => name);
const becomes = (what: () => unknown, reason: string) => waitFor(what, { reason });

it('a waiting room: those who may let in are told, and whoever is let in comes in by itself', async () => {
  const id = await meeting({ password: 'Secret123', settings: { waitingRoom: true } });
  const wrong = line(bob, id, 'nope');
  await expect(wrong.ready).rejects.toMatchObject({ reason: 'forbidden', details: { code: 2004 } });
  const early = line(bob, id, 'Secret123');
  await early.ready;
  expect(early.view).toMatchObject({ status: 'waiting', meeting: { title: 'Monday', status: 'scheduled' } });

  const host = line(ann, id);
  await host.ready;
  expect(host.view).toMatchObject({ status: 'online', role: 'host', userId: userOf(ann) });
  expect(names(host, 'waiting')).toEqual(['BOB']);
  await becomes(() => early.view.meeting?.status === 'ongoing', 'the one who waits to see it has begun');

  const knocks: string[] = [];
  host.on('knock', ({ name }) => knocks.push(name));
  const late = line(cy, id, 'Secret123');
  await becomes(() => host.view.waiting.size === 2, 'the second knock');
  expect(knocks).toEqual(['CY']);

  const came: string[] = [];
  host.on('came', ({ name }) => came.push(name));
  await ann.meetings.add(id, userOf(bob));
  await becomes(() => early.view.status === 'online', 'to be let in');
  await becomes(() => names(early).length === 2, 'to see who is there');
  expect(names(early, 'waiting')).toEqual([]);
  expect(came).toEqual(['BOB']);

  const denied = new Promise((resolve) => late.on('over', resolve));
  await ann.meetings.remove(id, userOf(cy));
  expect(await denied).toBe('denied');
  await becomes(() => host.view.waiting.size === 0, 'nobody to wait');
});

it('people, roles, hands, chat, settings, mutes and the lock come by the line; who comes later knows all of it', async () => {
  const id = await meeting();
  const [host, guest] = [line(ann, id), line(bob, id)];
  await Promise.all([host.ready, guest.ready]);
  await host.say('Hello');
  await becomes(() => guest.view.messages.length === 1, 'the message');
  expect(guest.view.messages[0]).toMatchObject({ name: nameOf(ann), content: 'Hello' });

  await guest.raiseHand(true);
  await becomes(() => host.view.people.get(userOf(bob))?.handRaisedAt, 'the hand');
  const mutes: unknown[] = [];
  guest.on('muted', ({ by, kinds }) => mutes.push(by, kinds));
  await ann.meetings.mute(id, userOf(bob));
  await becomes(() => mutes.length > 0, 'the mute');
  expect(mutes).toEqual([userOf(ann), ['audio']]);

  await ann.meetings.setRole(id, userOf(bob), 'moderator');
  await becomes(() => guest.view.role === 'moderator', 'the role');
  expect(host.view.people.get(userOf(bob))).toMatchObject({ role: 'moderator', name: 'BOB' });
  await bob.meetings.lock(id, true);
  await becomes(() => host.view.meeting?.locked, 'the lock');
  await ann.meetings.lock(id, false);
  await ann.meetings.update(id, { settings: { chat: false } });
  await becomes(() => guest.view.settings?.chat === false, 'the settings');

  const late = line(cy, id);
  await late.ready;
  expect(late.view).toMatchObject({ settings: { chat: false }, meeting: { locked: false } });
  expect(late.view.messages).toHaveLength(1);
  expect(late.view.people.get(userOf(bob))).toMatchObject({ role: 'moderator' });
  expect(late.view.people.get(userOf(bob))?.handRaisedAt).toBeInstanceOf(Date);
});

it('a lost socket is replaced, and what was missed is there; the end is told to all, and later to who comes', async () => {
  const id = await meeting();
  const host = line(ann, id);
  await host.ready;
  const sockets = openedSockets();
  const guest = line(bob, id);
  await guest.ready;
  const links: string[] = [];
  guest.on('change', ({ link }) => links.at(-1) === link || links.push(link));
  const back = new Promise((resolve) => guest.on('joined', resolve));
  sockets.at(-1)?.close();
  await host.say('While you were away');
  await back;
  expect(links).toEqual(expect.arrayContaining(['reconnecting', 'open']));
  await becomes(() => guest.view.messages.length === 1, 'what was missed');
  expect(names(guest)).toEqual(['ANN', 'BOB']);

  const ends = [host, guest].map((one) => new Promise((resolve) => one.on('over', resolve)));
  await ann.meetings.end(id);
  expect(await Promise.all(ends)).toEqual(['ended', 'ended']);
  const refused = line(cy, id);
  const over = new Promise<unknown[]>((resolve) => refused.on('over', (...args) => resolve(args)));
  await expect(refused.ready).rejects.toMatchObject({ details: { code: 2002 } });
  const [why, error] = await over;
  expect([why, (error as ParleyError).details?.status]).toEqual(['ended', 410]);
});

it('polls are in the view: opened, one’s own answer, how they stand, closed, and after coming back', async () => {
  const id = await meeting();
  const [host, guest] = [line(ann, id), line(bob, id)];
  await Promise.all([host.ready, guest.ready]);
  const { polls } = ann.meetings;
  const draft = await polls.create(id, { question: 'When?', options: ['Mon', 'Tue'] });
  expect((await bob.meetings.polls.list(id)).total).toBe(0);
  const told: string[] = [];
  guest.on('poll', ({ question }, what) => told.push(`${question} ${what}`));
  await polls.open(id, draft.id);
  await becomes(() => guest.view.polls.get(draft.id)?.status === 'open', 'the poll to be seen');
  const own = await guest.vote(draft.id, [1]);
  expect(own).toMatchObject({ voted: true, myVote: [1], votes: [0, 1] });
  expect(guest.view.polls.get(draft.id)).toEqual(own);
  await becomes(() => host.view.polls.get(draft.id)?.voters === 1, 'the vote to be told');
  expect(host.view.polls.get(draft.id)).toMatchObject({ votes: [0, 1], voted: false });
  expect((await polls.votes(id, draft.id)).votes).toEqual([
    { userId: userOf(bob), name: 'BOB', options: [1] },
  ]);

  const late = line(bob, id);
  await late.ready;
  expect(late.view.polls.get(draft.id)).toMatchObject({ question: 'When?', voted: true, myVote: [1] });
  await polls.close(id, draft.id);
  await becomes(() => guest.view.polls.get(draft.id)?.status === 'closed', 'its end to be seen');
  expect(guest.view.polls.get(draft.id)).toMatchObject({ votes: [0, 1], myVote: [1] });
  expect(told).toEqual(['When? opened', 'When? closed']);
  await expect(guest.vote(draft.id, [0])).rejects.toMatchObject({ reason: 'conflict' });
  await polls.remove(id, draft.id);
  await becomes(() => guest.view.polls.size === 0, 'the poll to be gone');
});
