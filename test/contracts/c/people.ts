import type { Person, TestServer } from '../../support/server.ts';
import { startTestServer } from '../../support/server.ts';
import { TestSocket } from '../../support/socket.ts';

/** A description as browsers make them, and the answer to it. */
export const OFFER = { type: 'offer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\n' };
export const ANSWER = { type: 'answer', sdp: 'v=0\r\no=- 3 4 IN IP4 127.0.0.1\r\ns=-\r\n' };
export const CANDIDATE = {
  candidate: 'candidate:1 1 UDP 2122260223 192.168.1.1 54321 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
};
export const ISO_MS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

let made = 0;

/** New people, accepted contacts of each other, so that tests on one server do not meet. */
export async function friends(server: TestServer, ...names: string[]): Promise<Person[]> {
  const people: Person[] = [];
  made += 1;
  for (const name of names) {
    people.push(
      await server.person(`${name}${made}`, {
        displayName: name,
        avatarUrl: `https://example.com/${name}.png`,
      }),
    );
  }
  await server.befriend(...people);
  return people;
}

export const startServer = () => startTestServer({ graceMs: 1000, ringMs: 30_000 });

/** A call on sockets up to ringing. */
export async function ring(server: TestServer, given: { offer?: unknown } = { offer: OFFER }) {
  const [alice, bob] = (await friends(server, 'alice', 'bob')) as [Person, Person];
  const a = await TestSocket.open(server, alice.token, 'a-phone');
  const b = await TestSocket.open(server, bob.token, 'b-phone');
  a.send('call:offer', { receiverId: bob.uid, ...given });
  const offer = await b.next('call:offer');
  const callId: string = offer.callId;
  await a.next('call:ringing');
  return { alice, bob, a, b, offer, callId };
}

/** The same, answered. */
export async function connect(server: TestServer) {
  const call = await ring(server);
  call.b.send('call:answer', { callId: call.callId, receiverId: call.alice.uid, answer: ANSWER });
  const answer = await call.a.next('call:answer');
  await call.b.next('call:accepted');
  return { ...call, answer };
}
