import type { Person, TestServer } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';

export const OFFER = { type: 'offer', sdp: 'v=0\r\n' };
export const ANSWER = { type: 'answer', sdp: 'v=0\r\n' };

let made = 0;

/** New people, accepted contacts of each other. */
export async function friends(server: TestServer, count: number): Promise<Person[]> {
  const people: Person[] = [];
  for (let i = 0; i < count; i++) people.push(await server.person(`friend-${++made}`));
  await server.befriend(...people);
  return people;
}

export interface Pair {
  alice: Person;
  bob: Person;
  a: TestSocket;
  b: TestSocket;
  callId: string;
}

/** Two people in a call; `named` devices are `a-phone` and `b-phone`. */
export async function pair(server: TestServer, named = true): Promise<Pair> {
  const [alice, bob] = (await friends(server, 2)) as [Person, Person];
  const a = await TestSocket.open(server, alice.token, named ? 'a-phone' : undefined);
  const b = await TestSocket.open(server, bob.token, named ? 'b-phone' : undefined);
  a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
  const { callId } = await b.next('call:offer');
  b.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
  await a.next('call:answer');
  await b.next('call:accepted');
  return { alice, bob, a, b, callId };
}

/** Everything the server had to say before has come. */
export async function settle(socket: TestSocket): Promise<void> {
  socket.send('ping', {});
  await socket.next('pong');
}

export const closed = (socket: TestSocket, timeoutMs = 5000) =>
  waitFor(() => socket.closed, { reason: 'the socket to be closed', timeoutMs });

/** The call as the database has it. */
export const callOf = (server: TestServer, callId: string) => server.app.store.read.calls.get(callId);
