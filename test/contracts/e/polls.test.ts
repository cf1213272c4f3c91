import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mediaFrom } from '../../../src/config/media.ts';
import { enter, people, plan, type Signaling } from '../../signaling/client.ts';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let [ann, bob, cat]: [Person, Person, Person] = [] as never;
let id: number;
let [a, b]: [Signaling, Signaling] = [] as never;

beforeAll(async () => {
  server = await startTestServer({ media: mediaFrom({ MEDIA_ENGINE: 'none' }) });
});
afterAll(() => server.close());
beforeEach(async () => {
  [ann, bob, cat] = await people(server, 'ann', 'bob', 'cat');
  id = await plan(server, ann);
  [a, b] = [await enter(server, ann, id), await enter(server, bob, id)];
});

const ask = (who: Person, method: string, path = '', body?: unknown) =>
  api(server, method, `/api/v1/meetings/${id}/polls${path}`, {
    token: who.token,
    ...(body === undefined ? {} : { body }),
  });
const BODY = { question: 'When do we meet?', options: ['Monday', 'Tuesday'] };
async function made(more: object = {}, opened = true): Promise<number> {
  const { status, body } = await ask(ann, 'POST', '', { ...BODY, ...more });
  expect([status, body.code]).toEqual([201, 201]);
  const poll = body.data.poll_id;
  if (opened) expect((await ask(ann, 'POST', `/${poll}/open`)).status).toBe(200);
  return poll;
}

test('a poll from its draft to its end, over HTTP', async () => {
  const poll = await made({ multiple: true }, false);
  const changed = await ask(ann, 'PUT', `/${poll}`, { options: ['Monday', 'Tuesday', 'Friday'] });
  expect(changed.body.data).toEqual({
    poll_id: poll,
    meeting_id: id,
    creator_id: ann.id,
    question: 'When do we meet?',
    options: ['Monday', 'Tuesday', 'Friday'],
    multiple: true,
    anonymous: false,
    results: 'live',
    status: 'draft',
    voters: 0,
    votes: [0, 0, 0],
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    opened_at: null,
    closed_at: null,
    voted: false,
    my_vote: null,
  });
  expect((await ask(bob, 'GET')).body.data).toEqual({ polls: [], total: 0, page: 1, page_size: 20 });
  expect((await ask(bob, 'GET', `/${poll}`)).status).toBe(404);
  expect((await ask(bob, 'POST', `/${poll}/votes`, { options: [0] })).status).toBe(404);
  await ask(ann, 'POST', `/${poll}/open`);
  expect((await ask(ann, 'PUT', `/${poll}`, { question: 'Where?' })).status).toBe(409);

  const { status, body } = await ask(bob, 'POST', `/${poll}/votes`, { options: [2, 0] });
  expect([status, body.data.votes, body.data.voters, body.data.voted, body.data.my_vote]).toEqual([
    200,
    [1, 0, 1],
    1,
    true,
    [0, 2],
  ]);
  expect((await ask(bob, 'POST', `/${poll}/votes`, { options: [1] })).body.data.votes).toEqual([0, 1, 0]);
  expect((await ask(ann, 'GET', `/${poll}`)).body.data).toMatchObject({ voted: false, my_vote: null });
  expect((await ask(ann, 'GET', `/${poll}/votes`)).body.data).toEqual({
    votes: [{ user_id: bob.id, username: bob.uid, nickname: 'BOB', options: [1] }],
    total: 1,
    page: 1,
    page_size: 20,
  });
  const closed = await ask(ann, 'POST', `/${poll}/close`);
  expect(closed.body.data).toMatchObject({ status: 'closed', votes: [0, 1, 0] });
  expect((await ask(bob, 'POST', `/${poll}/votes`, { options: [0] })).status).toBe(409);
  expect((await ask(cat, 'GET')).status).toBe(403);

  await api(server, 'POST', `/api/v1/meetings/${id}/end`, { token: ann.token });
  expect((await ask(bob, 'GET')).body.data.polls).toMatchObject([{ poll_id: poll, my_vote: [1] }]);
  const late = await ask(ann, 'POST', '', BODY);
  expect([late.status, late.body.code]).toEqual([410, 2002]);
});

test.each([
  ['question', {}],
  ['question', { question: '', options: ['a', 'b'] }],
  ['options', { question: 'When?' }],
  ['options', { question: 'When?', options: ['a'] }],
  ['options', { question: 'When?', options: ['a', 'a '] }],
  ['results', { ...BODY, results: 'never' }],
  ['anonymous', { ...BODY, anonymous: 'maybe' }],
])('what is wrong is named: %s', async (field, body) => {
  const answer = await ask(ann, 'POST', '', body);
  expect([answer.status, answer.body.data]).toEqual([400, { field }]);
});

test('the words are the asker’s', async () => {
  const poll = await made({ anonymous: true });
  await ask(bob, 'POST', `/${poll}/votes`, { options: [0] });
  const path = `/api/v1/meetings/${id}/polls/${poll}/votes`;
  const again = await api(server, 'POST', path, {
    token: bob.token,
    body: { options: [1] },
    headers: { 'accept-language': 'zh-CN' },
  });
  expect([again.status, again.body.message]).toEqual([409, '你已匿名投票，不能更改']);
});

test('sockets are told: opened, how it stands, closed, removed', async () => {
  const poll = await made();
  expect(await b.next('poll-opened')).toMatchObject({
    from: 'server',
    meeting_id: id,
    data: { poll_id: poll, ...BODY, status: 'open', votes: [0, 0], voters: 0 },
  });
  await ask(bob, 'POST', `/${poll}/votes`, { options: [1] });
  await ask(ann, 'POST', `/${poll}/votes`, { options: [1] });
  expect((await a.next('poll-updated', ({ data }) => data.voters === 2)).data.votes).toEqual([0, 2]);
  // An update to the question and the answers is the numbers alone.
  expect(a.of('poll-updated')[0]?.data).not.toHaveProperty('question');

  const c = await enter(server, cat, id);
  expect(c.of('joined')[0]?.data.polls).toMatchObject([
    { poll_id: poll, votes: [0, 2], voted: false, my_vote: null },
  ]);
  await ask(ann, 'POST', `/${poll}/close`);
  expect((await c.next('poll-closed')).data).toMatchObject({ poll_id: poll, votes: [0, 2] });
  await ask(ann, 'DELETE', `/${poll}`);
  expect((await c.next('poll-removed')).data).toMatchObject({ poll_id: poll });
  expect((await ask(ann, 'GET', `/${poll}`)).status).toBe(404);
});

test('of hidden and anonymous ones nothing is told but how many have voted', async () => {
  const poll = await made({ anonymous: true, results: 'closed' });
  await b.next('poll-opened');
  const own = await ask(bob, 'POST', `/${poll}/votes`, { options: [1] });
  expect(own.body.data).toMatchObject({ voted: true, my_vote: null, votes: null, voters: 1 });
  expect((await a.next('poll-updated')).data).toMatchObject({ voters: 1, votes: null });
  expect((await ask(ann, 'GET', `/${poll}`)).body.data.votes).toBeNull();
  expect((await ask(ann, 'GET', `/${poll}/votes`)).status).toBe(409);
  // By which oneself knows to have voted, from another device as well.
  const again = await enter(server, bob, id);
  expect(again.of('joined')[0]?.data.polls).toMatchObject([{ voted: true, my_vote: null, votes: null }]);
  await ask(ann, 'POST', `/${poll}/close`);
  expect((await b.next('poll-closed')).data.votes).toEqual([0, 1]);
  const events = await server.app.store.read.events.ofSubject(`meeting:${id}`, 0, 100);
  expect(JSON.stringify(events.filter(({ type }) => type.includes('poll')))).not.toContain('my_vote');
});

test('who waits outside is told of no poll', async () => {
  await api(server, 'PUT', `/api/v1/meetings/${id}`, {
    token: ann.token,
    body: { settings: { enable_waiting_room: true } },
  });
  await made();
  const c = await enter(server, cat, id);
  expect(c.of('joined')[0]?.data).toMatchObject({ status: 'waiting', polls: [] });
  await made({ question: 'And now?' });
  await b.next('poll-opened', ({ data }) => data.question === 'And now?');
  await c.settle();
  expect(c.of('poll-opened')).toEqual([]);
});
