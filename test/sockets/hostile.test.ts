import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { callOf, closed, friends, OFFER, pair, settle } from './people.ts';

let server: TestServer;
let socket: TestSocket;
beforeAll(async () => {
  server = await startTestServer();
  const [person] = await friends(server, 1);
  socket = await TestSocket.open(server, person?.token ?? '');
});
afterAll(() => server.close());

const ID = 'call_00000000000000000000000000';
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const offer = (fields: string) => `{"type":"call:offer","data":{"receiverId":"x"${fields}}}`;

describe('a bad frame is an error with the field named, and the socket stays', () => {
  it.each([
    ['no JSON', 'nonsense', '请求体不是有效的 JSON'],
    ['nothing', '', '请求体不是有效的 JSON'],
    ['half a frame', '{"type":"ping"', '请求体不是有效的 JSON'],
    ['an array', '[]', '参数错误：frame'],
    ['null', 'null', '参数错误：frame'],
    ['a number', '1e999', '参数错误：frame'],
    ['deep nonsense', deep(100_000), '参数错误：frame'],
    ['no type', '{"data":{}}', '参数错误：type'],
    ['a type that is no string', '{"type":["ping"]}', '参数错误：type'],
    ['an unknown type', '{"type":"call:sing"}', '未知的消息类型'],
    ['a type of the prototype', '{"type":"constructor"}', '未知的消息类型'],
    ['another one', '{"type":"__proto__"}', '未知的消息类型'],
    ['data that is an array', '{"type":"ping","data":[]}', '参数错误：data'],
    ['data that is null', '{"type":"ping","data":null}', '参数错误：data'],
    ['no receiver', '{"type":"call:offer","data":{"offer":{}}}', '参数错误：receiverId'],
    [
      'a receiver in the prototype',
      '{"type":"call:offer","data":{"__proto__":{"receiverId":"x"}}}',
      '参数错误：receiverId',
    ],
    ['a number for a name', '{"type":"call:offer","data":{"receiverId":10001}}', '参数错误：receiverId'],
    [
      'a name too long',
      `{"type":"call:offer","data":{"receiverId":"${'x'.repeat(65)}"}}`,
      '参数错误：receiverId',
    ],
    ['an offer that is text', offer(',"offer":"v=0"'), '参数错误：offer'],
    ['an offer that is an array', offer(',"offer":[]'), '参数错误：offer'],
    ['an sdp that is none', offer(',"offer":{"type":"offer","sdp":7}'), '参数错误：offer.sdp'],
    ['a deep offer', offer(`,"offer":{"sdp":"","more":${deep(5000)}}`), '参数错误：offer'],
    ['an unknown call type', offer(',"callType":"fax"'), '参数错误：callType'],
    ['a huge number', `{"type":"events:follow","data":{"subject":"a","after":1e400}}`, '参数错误：after'],
    [
      'a reason with a control character',
      `{"type":"call:reject","data":{"callId":"${ID}","receiverId":"x","reason":"\\u0000"}}`,
      '参数错误：reason',
    ],
    [
      'a candidate that is text',
      `{"type":"call:ice_candidate","data":{"callId":"${ID}","receiverId":"x","candidate":"c"}}`,
      '参数错误：candidate',
    ],
    [
      'no candidate',
      `{"type":"call:ice_candidate","data":{"callId":"${ID}","receiverId":"x"}}`,
      '参数错误：candidate',
    ],
    [
      'an empty signal',
      `{"type":"call:signal","data":{"callId":"${ID}","receiverId":"x"}}`,
      '参数错误：description',
    ],
    [
      'a quality of six',
      `{"type":"call:hang_up","data":{"callId":"${ID}","receiverId":"x","metrics":{"quality":6}}}`,
      '参数错误：metrics.quality',
    ],
    [
      'mute that is a word',
      `{"type":"call:media_state","data":{"callId":"${ID}","muted":"yes"}}`,
      '参数错误：muted',
    ],
  ])('%s', async (_, text, message) => {
    socket.ws.send(text);
    expect(await socket.next('error')).toEqual({ message, code: 400 });
    await settle(socket);
  });

  it('binary', async () => {
    socket.ws.send(Buffer.from('{"type":"ping"}'));
    expect(await socket.next('error')).toEqual({ message: '只接受文本帧', code: 400 });
    await settle(socket);
  });

  it('names with NUL and lone surrogates are unknown, on every database', async () => {
    for (const receiverId of ['a\u0000b', '\ud800', "'; drop table users; --"]) {
      socket.send('call:offer', { receiverId, offer: OFFER });
      expect(await socket.next('error')).toMatchObject({ code: 404 });
    }
    for (const callId of ['call_\u0000', '\ud800', '../..']) {
      socket.send('call:hang_up', { callId, receiverId: 'x' });
      expect(await socket.next('error')).toMatchObject({ code: 404 });
      socket.send('call:media_state', { callId, muted: true });
      expect(await socket.next('error')).toMatchObject({ code: 404 });
      socket.send('events:follow', { subject: callId });
      expect([400, 404]).toContain((await socket.next('error')).code);
    }
  });

  it('speaks the language of the upgrade', async () => {
    const [person] = await friends(server, 1);
    const { WebSocket } = await import('ws');
    const ws = new WebSocket(`${server.wsUrl}/ws?token=${person?.token}`, {
      headers: { 'accept-language': 'en' },
    });
    const message = await new Promise((resolve, reject) => {
      ws.once('error', reject);
      ws.once('open', () => ws.send('{"type":"x"}'));
      ws.once('message', (data) => resolve(JSON.parse(data.toString()).data.message));
    });
    ws.close();
    expect(message).toBe('Unknown type of frame');
  });
});

describe('a frame that breaks the protocol ends its own socket alone', () => {
  it('over 256 kB: 1009', async () => {
    const { a, b, bob, callId } = await pair(server);
    a.send('call:ice_candidate', {
      callId,
      receiverId: bob.uid,
      candidate: { candidate: 'x'.repeat(256 * 1024) },
    });
    expect((await closed(a)).code).toBe(1009);
    await settle(b);
    await settle(socket);
  });

  it('a frame of almost 256 kB is handed on', async () => {
    const { a, b, bob, callId } = await pair(server);
    const candidate = { candidate: 'x'.repeat(255 * 1024) };
    a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate });
    expect((await b.next('call:ice_candidate')).candidate).toEqual(candidate);
  });

  it('text that is not UTF-8: 1007', async () => {
    const { a, b } = await pair(server);
    a.ws.send(Buffer.from([0x22, 0xc3, 0x28, 0x22]), { binary: false });
    expect((await closed(a)).code).toBe(1007);
    await settle(b);
  });
});

it('a reason of the machine’s own is not taken from a client', async () => {
  const { a, b, bob, callId } = await pair(server);
  a.send('call:hang_up', { callId, receiverId: bob.uid, reason: 'lost' });
  expect((await b.next('call:hang_up')).reason).toBe('normal');
  expect((await callOf(server, callId))?.endReason).toBe('normal');
});
