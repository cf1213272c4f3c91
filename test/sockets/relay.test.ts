import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { friends, OFFER, pair, settle } from './people.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const LONG_SDP = `v=0\r\n${Array.from({ length: 1000 }, (_, i) => `a=candidate:${i} 1 UDP 2122260223 192.168.1.${i % 256} 5 typ host`).join('\r\n')}\r\n`;

describe('descriptions and candidates are handed on with every string equal', () => {
  it.each([
    ['plain', '"a=b"'],
    ['escapes', '"\\u0000\\u001f\\"\\\\\\/\\b\\f\\n\\r\\t"'],
    ['a lone surrogate', '"\\ud83d"'],
    ['a reversed pair', '"\\udc00\\ud800"'],
    ['beyond the first plane', '"\\ud83d\\ude00 \u{1F600} \u2028\u2029"'],
    ['bidi and joiners', '"\\u202e\\u200d\\ufeff"'],
    ['long', JSON.stringify(LONG_SDP)],
  ])('%s', async (_, json) => {
    const { a, b, alice, bob, callId } = await pair(server);
    const value = JSON.parse(json);
    const given = `{"candidate":${json},"sdpMid":null,"more":{"__proto__":${json},"constructor":[1,2.5,1e300,true,null]}}`;
    a.ws.send(
      `{"type":"call:ice_candidate","data":{"callId":"${callId}","receiverId":"${bob.uid}","candidate":${given}}}`,
    );
    const got = await b.next('call:ice_candidate');
    expect(got.candidate).toEqual(JSON.parse(given));
    expect(got.candidate.candidate).toBe(value);
    expect(Object.getOwnPropertyDescriptor(got.candidate.more, '__proto__')?.value).toBe(value);
    a.ws.send(
      `{"type":"call:signal","data":{"callId":"${callId}","receiverId":"${bob.uid}","description":{"type":"offer","sdp":${json}}}}`,
    );
    expect((await b.next('call:signal')).description.sdp).toBe(value);
    // The same through the database: the offer of the next call, to a device that comes late.
    a.send('call:hang_up', { callId, receiverId: bob.uid });
    await b.next('call:hang_up');
    a.ws.send(
      `{"type":"call:offer","data":{"receiverId":"${bob.uid}","offer":{"type":"offer","sdp":${json}},"conversationId":${json.length > 200 ? '"c"' : json}}}`,
    );
    expect((await b.next('call:offer')).offer.sdp).toBe(value);
    const late = await TestSocket.open(server, bob.token, 'late');
    expect((await late.next('call:offer')).offer).toEqual({ type: 'offer', sdp: value });
    expect(alice.uid).not.toBe(bob.uid);
  });

  it('null after the last candidate', async () => {
    const { a, b, bob, callId } = await pair(server);
    a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate: null });
    expect((await b.next('call:ice_candidate')).candidate).toBeNull();
  });
});

describe('the relay', () => {
  it('keeps the order, through the answer and after it', async () => {
    const [alice, bob] = await friends(server, 2);
    if (!alice || !bob) throw new Error('two people were asked for');
    const a = await TestSocket.open(server, alice.token);
    const b = await TestSocket.open(server, bob.token);
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
    const { callId } = await b.next('call:offer');
    const candidate = (n: number) => ({ candidate: `candidate:${n}` });
    for (let n = 0; n < 50; n++)
      b.send('call:ice_candidate', { callId, receiverId: alice.uid, candidate: candidate(n) });
    b.send('call:answer', { callId, receiverId: alice.uid, answer: OFFER });
    for (let n = 50; n < 200; n++)
      b.send('call:ice_candidate', { callId, receiverId: alice.uid, candidate: candidate(n) });
    await settle(b);
    await settle(a);
    const heard = a.frames.filter(({ type }) => type === 'call:ice_candidate' || type === 'call:answer');
    expect(heard.map(({ data }) => data.candidate?.candidate ?? 'answer')).toEqual([
      ...Array.from({ length: 50 }, (_, n) => `candidate:${n}`),
      'answer',
      ...Array.from({ length: 150 }, (_, n) => `candidate:${n + 50}`),
    ]);
  });

  it('goes to the device that is in the call and to no other', async () => {
    const { a, b, bob, alice, callId } = await pair(server);
    const other = await TestSocket.open(server, bob.token, 'other');
    a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate: { candidate: 'x' } });
    await b.next('call:ice_candidate');
    await settle(other);
    expect(other.frames.map(({ type }) => type)).toEqual(['pong']);
    // Nor may the other one send.
    other.send('call:ice_candidate', { callId, receiverId: alice.uid, candidate: { candidate: 'x' } });
    expect(await other.next('error')).toMatchObject({ code: 409, callId });
    await other.next('call:hang_up');
  });

  it('keeps no more than 64 frames of a pair for a device that is yet to come', async () => {
    const [alice, bob] = await friends(server, 2);
    if (!alice || !bob) throw new Error('two people were asked for');
    const a = await TestSocket.open(server, alice.token);
    const b = await TestSocket.open(server, bob.token);
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
    const { callId } = await b.next('call:offer');
    for (let n = 0; n < 100; n++) {
      a.send('call:ice_candidate', {
        callId,
        receiverId: bob.uid,
        candidate: { candidate: `candidate:${n}` },
      });
    }
    await settle(a);
    const late = await TestSocket.open(server, bob.token, 'late');
    await late.next('call:offer');
    await settle(late);
    const heard = late.frames.filter(({ type }) => type === 'call:ice_candidate');
    expect(heard.map(({ data }) => data.candidate.candidate)).toEqual(
      Array.from({ length: 64 }, (_, n) => `candidate:${n}`),
    );
    await settle(b);
    expect(b.frames.filter(({ type }) => type === 'call:ice_candidate')).toHaveLength(100);
  });
});
