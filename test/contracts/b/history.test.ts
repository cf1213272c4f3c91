import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { signerAt, TestClock } from '../at-document-time.ts';
import { friends, type Speaker, speaker } from './people.ts';

const clock = new TestClock('2024-03-01T12:00:00Z');
const tokens = signerAt(clock);
let server: TestServer;
let ann: Speaker;
const ids: string[] = [];

/** Six calls, a day apart: ended, cancelled and rejected by turns, every second of them with video. */
beforeAll(async () => {
  server = await startTestServer({}, { clock });
  const people = await friends(server, 2);
  const [a, b] = await Promise.all(
    people.map(async (person) => speaker(server, { ...person, token: await tokens.user(person.uid) })),
  );
  if (!a || !b) throw new Error('two people');
  ann = a;
  for (let day = 0; day < 6; day++) {
    clock.set(`2024-03-0${day + 1}T12:00:00Z`);
    const { body } = await ann.call([b.person], { type: day % 2 ? 'video' : 'audio' });
    const callId = body.call.id;
    ids.unshift(callId);
    if (day % 3 === 0) await b.answer(callId);
    clock.advance(61_500);
    await (day % 3 === 2 ? b.reject(callId) : ann.hangup(callId));
  }
});
afterAll(() => server.close());

const found = async (query: string): Promise<string[]> =>
  (await ann.history(query)).map((line: { id: string }) => line.id);
const day = (n: number) => ids[6 - n];

describe('the history of contract B', () => {
  test('is newest first', async () => {
    expect(await found('')).toEqual(ids);
  });

  test('is narrowed by type and status', async () => {
    expect(await found('?type=video')).toEqual([day(6), day(4), day(2)]);
    expect(await found('?status=ended')).toEqual([day(4), day(1)]);
    expect(await found('?status=rejected&type=video')).toEqual([day(6)]);
    expect(await found('?status=missed')).toEqual([]);
  });

  test('is narrowed by time: from startTime on, before endTime', async () => {
    expect(await found('?startTime=2024-03-05T12:00:00Z')).toEqual([day(6), day(5)]);
    expect(await found('?endTime=2024-03-02T12:00:00Z')).toEqual([day(1)]);
    expect(await found('?startTime=2024-03-02&endTime=2024-03-04')).toEqual([day(3), day(2)]);
    expect(await found(`?startTime=${encodeURIComponent('2024-03-05T14:00:00+02:00')}`)).toEqual([
      day(6),
      day(5),
    ]);
    expect(await found('?startTime=2024-03-05T14:00:00+02:00')).toEqual([day(6), day(5)]);
    expect(await found('?startTime=2024-03-09')).toEqual([]);
  });

  test('is paged by limit and offset', async () => {
    expect(await found('?limit=2')).toEqual(ids.slice(0, 2));
    expect(await found('?limit=2&offset=2')).toEqual(ids.slice(2, 4));
    expect(await found('?limit=100&offset=5')).toEqual(ids.slice(5));
    expect(await found('?offset=6')).toEqual([]);
  });

  test('counts whole seconds of talk, rounded down', async () => {
    const [line] = await ann.history('?status=ended&limit=1');
    expect(line).toMatchObject({ id: day(4), duration: 61, endedAt: '2024-03-04T12:01:01Z' });
  });

  test('a page reads people once, however many calls are in it', async () => {
    const { users } = server.app.store.read;
    const asked: number[] = [];
    const { byIds } = users;
    users.byIds = (given) => {
      asked.push(given.length);
      return byIds.call(users, given);
    };
    try {
      await found('');
      await ann.get(`/call/history?userId=${ann.person.id}`);
    } finally {
      users.byIds = byIds;
    }
    expect(asked).toEqual([2, 2]);
  });
});
