import { expect } from 'vitest';
import { api, type Person, type TestServer } from '../../support/server.ts';

export const base = '/api/v1/rtc';
let turn = 0;

/** People nobody else of this file has met, all of them friends. */
export async function friends(server: TestServer, count: number): Promise<Person[]> {
  turn += 1;
  const uids = Array.from({ length: count }, (_, i) => `person-${turn}-${i + 1}`);
  const people = await Promise.all(uids.map((uid) => server.person(uid, { displayName: uid.toUpperCase() })));
  await server.befriend(...people);
  return people;
}

/** Contract B as one person uses it. */
export function speaker(server: TestServer, person: Person, headers: Record<string, string> = {}) {
  const ask = (method: string, path: string, body?: unknown) =>
    api(server, method, base + path, { token: person.token, body, headers });
  const own = (path: string, callId: string, rest: object = {}) =>
    ask('POST', path, { callId, userId: person.uid, ...rest });
  return {
    person,
    post: (path: string, body: unknown) => ask('POST', path, body),
    put: (path: string, body: unknown) => ask('PUT', path, body),
    get: (path: string) => ask('GET', path),
    own,
    call: (others: readonly Person[], rest: object = {}) =>
      ask('POST', '/call', {
        callerId: person.uid,
        calleeIds: others.map((other) => other.uid),
        type: 'audio',
        ...rest,
      }),
    answer: (callId: string, rest: object = {}) => own('/answer', callId, rest),
    reject: (callId: string, rest: object = {}) => own('/reject', callId, rest),
    hangup: (callId: string) => own('/hangup', callId),
    cancel: (callId: string) => own('/cancel', callId),
    join: (callId: string) => own('/join', callId),
    leave: (callId: string) => own('/leave', callId),
    detail: async (callId: string) => (await ask('GET', `/call/${callId}`)).body,
    history: async (query = '') => (await ask('GET', `/calls/${person.uid}${query}`)).body,
  };
}

export type Speaker = ReturnType<typeof speaker>;

export const failure = (code: string, details?: object) => ({
  success: false,
  error: { code, message: expect.any(String), ...(details ? { details } : {}) },
});
