import { afterAll, beforeAll, expect, test } from 'vitest';
import { mediaFrom } from '../../../src/config/media.ts';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let [ann, bob]: [Person, Person] = [] as never;

beforeAll(async () => {
  server = await startTestServer({ media: mediaFrom({ MEDIA_ENGINE: 'none' }) });
  [ann, bob] = [await server.person('ann'), await server.person('bob')];
});
afterAll(() => server.close());

const ask = (who: Person, method: string, path: string, body?: unknown) =>
  api(server, method, path, { token: who.token, ...(body === undefined ? {} : { body }) });
const S = '/api/v1/meeting-series';
/** In winter time; what follows crosses into summer time. */
const BODY = {
  title: 'Weekly',
  description: 'What is new',
  start_time: '2040-03-05T10:00:00+01:00',
  end_time: '2040-03-05T11:00:00+01:00',
  settings: { enable_waiting_room: true },
  password: 'pass',
  recurrence: {
    rule: 'RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20400430',
    timezone: 'Europe/Berlin',
    exdates: ['2040-03-19'],
  },
};
async function made(more: object = {}): Promise<number> {
  const { status, body } = await ask(ann, 'POST', S, { ...BODY, ...more });
  expect([status, body.code]).toEqual([201, 201]);
  return body.data.series_id;
}
const meetingsOf = async (id: number) => (await ask(ann, 'GET', `${S}/${id}/meetings`)).body.data.meetings;

test('a series and its meetings over HTTP, by the clocks of its place', async () => {
  const { body } = await ask(ann, 'POST', S, BODY);
  const id = body.data.series_id;
  expect(body.data).toEqual({
    series_id: id,
    title: 'Weekly',
    description: 'What is new',
    start_time: '2040-03-05T09:00:00Z',
    end_time: '2040-03-05T10:00:00Z',
    recurrence: {
      rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20400430T215959Z',
      timezone: 'Europe/Berlin',
      exdates: ['2040-03-19'],
      start: '2040-03-05T10:00:00',
    },
    max_participants: 100,
    meeting_type: 'video',
    settings: expect.objectContaining({ enable_waiting_room: true, enable_chat: true }),
    has_password: true,
    state: 'active',
    creator_id: ann.id,
    created_at: expect.any(String),
    updated_at: expect.any(String),
    next: expect.objectContaining({ series_id: id, start_time: '2040-03-05T09:00:00Z' }),
  });
  const listed = await ask(ann, 'GET', `${S}/${id}/meetings?page_size=2`);
  expect(listed.body.data).toMatchObject({ total: 3, page: 1, page_size: 2 });
  expect((await meetingsOf(id)).map((one: { start_time: string }) => one.start_time)).toEqual([
    '2040-03-05T09:00:00Z',
    '2040-03-12T09:00:00Z',
    '2040-03-26T08:00:00Z',
  ]);
  expect((await ask(ann, 'GET', `${S}/${id}`)).body.data).toEqual(body.data);
  const mine = await ask(ann, 'GET', '/api/v1/my/meeting-series');
  expect(mine.body.data).toMatchObject({ series: [{ series_id: id }], total: 1 });
  expect((await ask(bob, 'GET', `${S}/${id}`)).status).toBe(403);
  const plain = await ask(ann, 'POST', '/api/v1/meetings', { title: 'Once' });
  expect(plain.body.data.series_id).toBeNull();
});

test('one meeting is changed and cancelled alone, the series with all that follow it', async () => {
  const id = await made();
  const [own, gone, last] = await meetingsOf(id);
  await ask(ann, 'PUT', `/api/v1/meetings/${own.meeting_id}`, { title: 'Special' });
  await ask(ann, 'DELETE', `/api/v1/meetings/${gone.meeting_id}`);
  const changed = await ask(ann, 'PUT', `${S}/${id}`, {
    title: 'Monthly',
    password: null,
    recurrence: { rule: 'FREQ=WEEKLY;INTERVAL=3;COUNT=4' },
  });
  expect(changed.body.data).toMatchObject({
    title: 'Monthly',
    has_password: false,
    recurrence: { rule: 'FREQ=WEEKLY;INTERVAL=3;COUNT=4', timezone: 'Europe/Berlin' },
  });
  const now = await meetingsOf(id);
  expect(now.map((one: { title: string; status: string }) => [one.title, one.status])).toEqual([
    ['Special', 'scheduled'],
    ['Weekly', 'cancelled'],
    ['Monthly', 'scheduled'],
    ['Monthly', 'scheduled'],
  ]);
  expect(now[2]).toMatchObject({ meeting_id: last.meeting_id, has_password: false });
  const over = await ask(ann, 'DELETE', `${S}/${id}`);
  expect(over.body.data).toMatchObject({ state: 'ended', next: null });
  expect((await ask(ann, 'DELETE', `${S}/${id}`)).status).toBe(200);
  expect((await ask(ann, 'PUT', `${S}/${id}`, { title: 'Again' })).status).toBe(410);
});

test('this meeting and those after it are a series of their own', async () => {
  const id = await made({ recurrence: { rule: 'FREQ=DAILY;COUNT=5', timezone: 'Europe/Berlin' } });
  const [first, second, third] = await meetingsOf(id);
  const changed = await ask(ann, 'PUT', `${S}/${id}`, { title: 'Later', from_meeting: second.meeting_id });
  expect(changed.body.data).toMatchObject({
    title: 'Later',
    recurrence: { rule: 'FREQ=DAILY;COUNT=4' },
    next: { meeting_id: second.meeting_id },
  });
  const later = changed.body.data.series_id;
  expect((await meetingsOf(id)).map((one: { title: string }) => one.title)).toEqual(['Weekly']);
  const cut = await ask(ann, 'DELETE', `${S}/${later}?from_meeting=${third.meeting_id}`);
  expect(cut.body.data).toMatchObject({ state: 'active', recurrence: { rule: 'FREQ=DAILY;COUNT=1' } });
  const wrong = await ask(ann, 'DELETE', `${S}/${later}?from_meeting=${first.meeting_id}`);
  expect([wrong.status, wrong.body.data.field]).toEqual([400, 'from_meeting']);
});

test('what is wrong is refused with the field named', async () => {
  const { recurrence } = BODY;
  const wrong: [object, string][] = [
    [{ recurrence: { ...recurrence, rule: 'FREQ=MINUTELY' } }, 'recurrence.rule'],
    [{ recurrence: { ...recurrence, rule: 'FREQ=DAILY;COUNT=501' } }, 'recurrence.rule'],
    [{ recurrence: { ...recurrence, rule: `FREQ=DAILY;${'X'.repeat(500)}` } }, 'recurrence.rule'],
    [{ recurrence: { ...recurrence, timezone: 'Nowhere/Land' } }, 'recurrence.timezone'],
    [{ recurrence: { ...recurrence, exdates: ['2040-13-01'] } }, 'recurrence.exdates'],
    [{ recurrence: undefined }, 'recurrence'],
    [{ start_time: undefined }, 'start_time'],
    [{ end_time: BODY.start_time }, 'end_time'],
  ];
  for (const [more, field] of wrong) {
    const { status, body } = await ask(ann, 'POST', S, { ...BODY, ...more });
    expect([status, body.data?.field]).toEqual([400, field]);
  }
  expect((await ask(ann, 'GET', `${S}/999999`)).status).toBe(404);
});
