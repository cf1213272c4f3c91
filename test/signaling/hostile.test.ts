import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person, TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { enter, people, plan, Signaling } from './client.ts';

let server: TestServer;
let ann: Person;
let id: number;
let socket: Signaling;
beforeAll(async () => {
  server = await startTestServer({ rateLimits: true });
  [ann] = await people(server, 'ann');
  id = await plan(server, ann);
  socket = await enter(server, ann, id);
});
afterAll(() => server.close());

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const frame = (type: string, data: string, more = '') => `{"type":"${type}"${more},"data":${data}}`;

describe('a bad frame is an error with the field named, and the socket stays', () => {
  it.each([
    ['no JSON', 'nonsense', 'frame'],
    ['nothing', '', 'frame'],
    ['an array', '[]', 'frame'],
    ['deep nonsense', deep(100_000), 'frame'],
    ['no type', '{"data":{}}', 'type'],
    ['an unknown type', '{"type":"sing"}', 'type'],
    ['a type of the server', '{"type":"joined"}', 'type'],
    ['a type of the prototype', '{"type":"constructor"}', 'type'],
    ['data that is a list', frame('chat', '[]'), 'data'],
    ['no content', frame('chat', '{}'), 'content'],
    ['empty content', frame('chat', '{"content":""}'), 'content'],
    ['content that is a number', frame('chat', '{"content":7}'), 'content'],
    ['content too long', frame('chat', `{"content":"${'x'.repeat(4001)}"}`), 'content'],
    ['content with NUL', frame('chat', '{"content":"a\\u0000"}'), 'content'],
    ['half a character', frame('chat', '{"content":"\\ud800"}'), 'content'],
    ['a flag that is a word', frame('media-state', '{"audio":"yes"}'), 'audio'],
    ['another meeting', frame('chat', '{"content":"x"}', ',"meeting_id":999999'), 'meeting_id'],
    ['a meeting that is a text', frame('chat', '{"content":"x"}', ',"meeting_id":"1"'), 'meeting_id'],
    ['a receiver that is a text', frame('offer', '{"sdp":"v=0"}', ',"to":"2"'), 'to'],
    ['a receiver that is none', frame('offer', '{"sdp":"v=0"}', ',"to":-1'), 'to'],
    ['an offer without SDP', frame('offer', '{"type":"offer"}'), 'sdp'],
    ['an SDP that is none', frame('offer', '{"sdp":{}}'), 'sdp'],
    ['an answer that says it is an offer', frame('answer', '{"type":"offer","sdp":"v=0"}'), 'type'],
    ['deep SDP', frame('offer', `{"sdp":"v=0","more":${deep(5000)}}`), 'more'],
    ['tracks of no source', frame('offer', '{"sdp":"v=0","tracks":{"0":"fax"}}'), 'tracks.0'],
    ['a candidate that is a number', frame('ice-candidate', '{"candidate":7}'), 'candidate'],
    ['a side that is none', frame('ice-candidate', '{"target":"both"}'), 'target'],
    ['a session too long', frame('join', `{"session":"${'x'.repeat(65)}"}`), 'session'],
  ])('%s', async (_, text, field) => {
    socket.ws.send(text);
    expect((await socket.next('error')).data).toMatchObject({ code: 400, reason: 'invalid', field });
    await socket.settle();
  });

  it('binary, and in somebody else’s name', async () => {
    socket.ws.send(Buffer.from('{"type":"ping"}'));
    expect((await socket.next('error')).data).toMatchObject({ code: 400, message: '只接受文本帧' });
    for (const name of ['from', 'user_id']) {
      socket.ws.send(frame('chat', '{"content":"x"}', `,"${name}":${ann.id + 1}`));
      expect((await socket.next('error')).data).toMatchObject({ code: 403, reason: 'forbidden' });
    }
    await socket.settle();
  });
});

it('what frames write counts with the route that does the same, over all sockets of a person', async () => {
  const [cy] = await people(server, 'cy');
  const sockets = [await enter(server, cy, id), await enter(server, cy, id)];
  for (let n = 0; n < 100; n++) sockets[n % 2]?.send('chat', { content: `${n}` });
  for (const [i, each] of sockets.entries()) {
    await each.next('chat', ({ data }) => data.content === `${98 + i}`);
    each.send('chat', { content: 'one more' });
    expect((await each.next('error')).data).toMatchObject({ code: 429, reason: 'limit', of: 'chat' });
  }
  const body = { content: 'by the route' };
  const { status } = await api(server, 'POST', `/api/v1/meetings/${id}/messages`, { token: cy.token, body });
  expect(status).toBe(429);
  await socket.settle();
});

describe('a frame that breaks the protocol ends its own socket alone', () => {
  it('over 256 kB: 1009', async () => {
    const [bob] = await people(server, 'bob');
    const b = await enter(server, bob, id);
    b.send('offer', { sdp: 'x'.repeat(256 * 1024) }, ann.id);
    expect((await b.gone()).code).toBe(1009);
    await socket.settle();
  });

  it('a flood: an error with 429, then 1008', async () => {
    const [bob] = await people(server, 'bob');
    const b = await enter(server, bob, id);
    for (let n = 0; n < 400; n++) b.send('ping');
    expect((await b.gone()).code).toBe(1008);
    expect(b.of('error').at(-1)?.data).toMatchObject({ code: 429, reason: 'limit' });
    expect(b.of('pong').length).toBeGreaterThan(200);
    await socket.settle();
  });

  it('ten sockets a person; the eleventh hears why and is closed with 1008', async () => {
    const [bob] = await people(server, 'bob');
    const url = `${server.wsUrl}/ws/signaling?meeting_id=${id}&user_id=${bob.id}&token=${bob.token}`;
    const ten = await Promise.all(Array.from({ length: 10 }, () => Signaling.open(url)));
    const eleventh = await Signaling.open(url);
    expect((await eleventh.gone()).code).toBe(1008);
    expect(eleventh.of('error')[0]?.data).toMatchObject({ code: 429 });
    for (const one of ten) await one.settle();
    await Promise.all(ten.map((one) => one.close()));
  });
});
