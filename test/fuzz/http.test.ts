import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { api, type Person, startTestServer, type TestServer } from '../support/server.ts';

/** Requests in all; `MODEL_SEED` replays a run that failed. */
const REQUESTS = process.env.TEST_LONG ? 20_000 : 2_000;
const SEED = process.env.MODEL_SEED === undefined ? {} : { seed: Number(process.env.MODEL_SEED) };

let server: TestServer;
let ann: Person;
let bob: Person;
let callId: string;
let operations: { method: string; path: string }[];

beforeAll(async () => {
  server = await startTestServer();
  ann = await server.person('ann');
  bob = await server.person('bob');
  await server.befriend(ann, bob);
  const placed = await api(server, 'POST', '/api/v1/rtc/call', {
    token: ann.token,
    body: { callerId: 'ann', calleeIds: ['bob'], type: 'audio' },
  });
  callId = placed.body.call.id;
  const document = (await api(server, 'GET', '/openapi.json')).body;
  operations = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
});

afterAll(() => server.close());

/** Words that mean something here, so that requests get further than the door. */
const word = fc.oneof(
  fc.constantFrom(
    'ann',
    'bob',
    'nobody',
    '1',
    '2',
    '0',
    '-1',
    '1e309',
    'group-1',
    'audio',
    'VIDEO',
    'BUSY',
    '',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "' or 1=1 --",
    '%00',
    '\u0000',
    '\ud800',
    '😀',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ minLength: 60, maxLength: 400 }),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: word },
  {
    weight: 3,
    arbitrary: fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)),
  },
  { weight: 2, arbitrary: fc.array(word, { maxLength: 8 }) },
  { weight: 1, arbitrary: fc.object({ maxDepth: 3 }) },
);
const FIELDS = [
  'callId',
  'callerId',
  'calleeId',
  'calleeIds',
  'callType',
  'type',
  'userId',
  'inviterId',
  'inviteeIds',
  'reason',
  'offer',
  'answer',
  'signal',
  'fromUserId',
  'toUserId',
  'muted',
  'enabled',
  'deviceType',
  'deviceId',
  'groupId',
  'username',
  'password',
  'email',
  'nickname',
  'avatar_url',
  'refresh_token',
  'uid',
  'ttl_s',
  'name',
  'members',
  'url',
  'secret',
  'events',
  'after',
  'id',
  'stats',
  'display_name',
  'room_name',
  'room_id',
  'creator',
  'uids',
  'status',
  'call_type',
  'invite_on',
  'max_participants',
  'source_channel_id',
  'source_channel_type',
  'device_type',
]; // prettier-ignore
const QUERIES = [
  'page',
  'size',
  'limit',
  'offset',
  'userId',
  'type',
  'status',
  'startTime',
  'endTime',
  'query',
  'cursor',
  'subject',
  'after',
];
const fields = (names: string[]) => fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 });

const request = fc.record({
  operation: fc.nat(),
  /** `call` puts the live call where a call is asked for. */
  call: fc.boolean(),
  params: fc.array(word, { minLength: 3, maxLength: 3 }),
  query: fields(QUERIES),
  body: fc.oneof(
    { weight: 8, arbitrary: fields(FIELDS) },
    { weight: 2, arbitrary: fc.anything({ maxDepth: 4 }).map((any) => ({ any })) },
    { weight: 1, arbitrary: value },
  ),
  as: fc.constantFrom('ann', 'bob', 'service', 'nobody', 'garbage'),
  raw: fc.option(fc.string({ maxLength: 200 }), { freq: 20 }),
});

it(`no request of ${REQUESTS} brings a 5xx, or tells what is inside`, { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(request, async (asked) => {
      const operation = operations[asked.operation % operations.length];
      if (!operation) throw new Error('the document has no operations');
      let used = 0;
      const path = operation.path.replace(/\{[^}]+\}/g, () => encode(asked.params[used++ % 3] ?? ''));
      const query = new URLSearchParams(
        Object.entries(asked.query).map(([name, given]): [string, string] => [name, written(given)]),
      );
      const body = asked.call && isObject(asked.body) ? { ...asked.body, callId } : asked.body;
      const tokens: Record<string, string | undefined> = {
        ann: ann.token,
        bob: bob.token,
        service: server.service,
        nobody: undefined,
        garbage: 'x.y.z',
      }; // prettier-ignore
      const token = tokens[asked.as];
      const response = await fetch(`${server.url}${path}${query.size > 0 ? `?${query}` : ''}`, {
        method: operation.method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(operation.method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(operation.method === 'GET' ? {} : { body: asked.raw ?? JSON.stringify(body) ?? 'undefined' }),
      });
      const text = await response.text();
      const line = `${operation.method} ${path} answered ${response.status}: ${text.slice(0, 300)}`;
      expect(response.status, line).toBeLessThan(500);
      expect(text, line).not.toMatch(/\bat .+\.ts:\d+|select .+ from|SQLITE|node_modules/i);
      if (response.status >= 400) expect(() => JSON.parse(text), line).not.toThrow();
    }),
    { numRuns: REQUESTS, ...SEED },
  );
  // Whatever was sent, people can still call each other.
  expect((await api(server, 'GET', '/ready')).status).toBe(200);
});

const isObject = (given: unknown): given is object =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** An object may have a `toString` that is none. */
const written = (given: unknown) => (isObject(given) ? JSON.stringify(given) : String(given));

/** A lone surrogate has no percent form; a client could not send it in a path. */
const encode = (text: string) => encodeURIComponent(text.toWellFormed());
