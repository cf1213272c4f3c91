import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';
import { type Received, type SmtpServer, startSmtp } from '../../support/smtp.ts';
import { waitFor } from '../../support/wait-for.ts';

let smtp: SmtpServer;
let server: TestServer;
let ann: Person;
let id: number;
const settings = (url: string) => ({
  publicUrl: 'https://call.example.com',
  mail: { smtpUrl: url, from: 'Parley <calls@example.com>', logged: false },
});
const TIMES = { start_time: '2026-01-02T10:00:00+01:00', end_time: '2026-01-02T10:30:00+01:00' };

let people = 0;
/** Somebody nobody has met, with an address. */
async function somebody(to = server): Promise<Person & { email: string }> {
  const uid = `p${++people}`;
  const person = await to.person(uid, { displayName: `Person ${people}` });
  const email = `${uid}@example.com`;
  await to.app.people.put(uid, { email });
  return { ...person, email };
}
async function plan(more: object = {}, by = ann, to = server): Promise<number> {
  const made = await api(to, 'POST', '/api/v1/meetings', {
    token: by.token,
    body: { title: 'Weekly', ...TIMES, ...more },
  });
  expect(made.status).toBe(201);
  return made.body.data.meeting_id;
}
beforeAll(async () => {
  smtp = await startSmtp();
  server = await startTestServer(settings(smtp.url));
  ann = await server.person('ann', { displayName: 'Ann' });
});
afterAll(async () => {
  await server.close();
  await smtp.close();
});
beforeEach(async () => {
  id = await plan();
});

const ask = (method: string, path = '', body?: unknown, who: { token: string } = ann, to = server) =>
  api(to, method, `/api/v1/meetings/${id}${path}`, {
    token: who.token,
    ...(body === undefined ? {} : { body }),
  });
const invite = (invitees: unknown, more: object = {}) => ask('POST', '/invitations', { invitees, ...more });
const calendarIn = ({ parts }: Received) =>
  parts.map(({ text }) => text).find((text) => text.includes('VCALENDAR'));
const lineOf = (text = '', name: string) =>
  text
    .replace(/\n /g, '')
    .split(/\r?\n/)
    .find((line) => line.startsWith(`${name}:`));

describe('inviting', () => {
  test('by uid, number and address: a row each, and mail with the calendar’s file in it twice', async () => {
    const [bob, cid] = [await somebody(), await somebody()];
    const { status, body } = await invite([bob.uid, cid.id, 'Dee@Example.org', 'no-such-person'], {
      message: 'Bring the plans',
    });
    const name = expect.stringMatching(/^inv_/);
    expect([status, body]).toEqual([
      201,
      {
        code: 201,
        message: 'Success',
        timestamp: expect.any(String),
        request_id: expect.any(String),
        data: {
          invitations: [
            { invitee: bob.uid, invitation_id: name, user_id: bob.id, email: null, status: 'invited' },
            { invitee: cid.id, invitation_id: name, user_id: cid.id, email: null, status: 'invited' },
            {
              invitee: 'Dee@Example.org',
              invitation_id: name,
              user_id: null,
              email: 'dee@example.org',
              status: 'invited',
            },
            {
              invitee: 'no-such-person',
              invitation_id: null,
              user_id: null,
              email: null,
              status: 'unknown',
            },
          ],
        },
      },
    ]);
    const letter = await smtp.next(bob.email);
    expect(letter).toMatchObject({
      from: 'calls@example.com',
      to: [bob.email],
      subject: '会议邀请：Weekly / Invitation: Weekly',
      text: expect.stringContaining(`https://call.example.com/meet/${id}`),
    });
    expect(letter.text).toContain('2026-01-02 09:00 – 09:30 UTC');
    expect(letter.headers['message-id']).toMatch(/^<mail_\w+@example\.com>$/);
    const types = letter.parts.map(({ headers }) => headers['content-type']?.split(/; */) ?? []);
    expect(types[0]?.[0]).toBe('text/plain');
    expect(types[1]).toEqual(expect.arrayContaining(['text/calendar', 'method=REQUEST']));
    expect(letter.parts[2]?.headers['content-disposition']).toMatch(/^attachment; filename="?invite\.ics/);
    const [, alternative, file] = letter.parts.map(({ text }) => text.trim().replaceAll('\r', ''));
    expect(file).toBe(alternative);
    expect(lineOf(alternative, 'DTSTART')).toBe('DTSTART:20260102T090000Z');
    // Letters of one list come in no order.
    const came = () => smtp.letters.some(({ to }) => to.includes('dee@example.org'));
    await waitFor(came, { reason: 'a letter to the address' });
    const listed = await ask('GET', '/invitations');
    expect(listed.body.data).toMatchObject({
      total: 3,
      invitations: [
        {
          meeting_id: id,
          user_id: bob.id,
          username: bob.uid,
          nickname: bob.user.displayName,
          email: null,
          invited_by: ann.id,
        },
        { user_id: cid.id },
        { user_id: null, username: null, email: 'dee@example.org' },
      ],
    });
    expect((await ask('GET', '/invitations?page=2&page_size=2')).body.data.invitations).toHaveLength(1);
  });

  test('once more within minutes writes to nobody; whoever is invited sees the meeting among theirs', async () => {
    const bob = await somebody();
    await invite([bob.uid]);
    expect((await invite([bob.uid])).body.data.invitations[0].status).toBe('already');
    const mine = await api(server, 'GET', '/api/v1/my/meetings', { token: bob.token });
    expect(mine.body.data.meetings).toMatchObject([{ meeting_id: id }]);
    await smtp.next(bob.email);
    await waitFor(async () => (await server.app.store.read.mails.count()) === 0, {
      reason: 'all to be sent',
    });
    expect(smtp.letters.filter(({ to }) => to.includes(bob.email))).toHaveLength(1);
  });

  test('refuses what is nobody, names the field and invites nobody', async () => {
    const bob = await somebody();
    for (const invitees of [[], [bob.uid, 'two words'], [bob.uid, 'a@b\r\nBcc: c@example.com'], 'bob', [0]]) {
      const { status, body } = await invite(invitees);
      expect([status, body.data?.field]).toEqual([400, expect.stringMatching(/^invitees/)]);
    }
    expect((await invite([bob.uid], { message: 'x'.repeat(1001) })).body.data).toEqual({ field: 'message' });
    expect((await ask('GET', '/invitations')).body.data.total).toBe(0);
    expect((await ask('POST', '/invitations', { invitees: [ann.uid] }, bob)).status).toBe(403);
  });

  test('lets no title write headers, nor anybody’s name', async () => {
    const bob = await somebody();
    id = await plan({ title: 'One\r\nBcc: evil@example.com\n\nTwo' });
    await server.app.people.put('ann', { displayName: 'Ann "A"; <x@example.com>' });
    await invite([bob.uid]);
    const letter = await smtp.next(bob.email);
    expect(letter.to).toEqual([bob.email]);
    expect(letter.headers.bcc).toBeUndefined();
    expect(letter.subject).toContain('Invitation: One Bcc: evil@example.com Two');
    expect(letter.headers.from).toBe('Parley <calls@example.com>');
  });
});

test('whoever is invited hears of another time, and of the end', async () => {
  const bob = await somebody();
  await invite([bob.uid]);
  const first = await smtp.next(bob.email);
  await ask('PUT', '', { start_time: '2026-01-03T09:00:00Z', end_time: null });
  const changed = await smtp.next(bob.email);
  expect(changed.subject).toContain('Changed: Weekly');
  await ask('DELETE');
  const cancelled = await smtp.next(bob.email);
  const told = [first, changed, cancelled].map(calendarIn);
  expect(told.map((text) => lineOf(text, 'SEQUENCE'))).toEqual(['SEQUENCE:0', 'SEQUENCE:1', 'SEQUENCE:2']);
  expect(new Set(told.map((text) => lineOf(text, 'UID'))).size).toBe(1);
  expect(lineOf(told[1], 'DTSTART')).toBe('DTSTART:20260103T090000Z');
  expect(lineOf(told[2], 'METHOD')).toBe('METHOD:CANCEL');
  expect(cancelled.parts[1]?.headers['content-type']).toContain('method=CANCEL');
});

test('an invitation is taken back, by mail too', async () => {
  const bob = await somebody();
  const { invitation_id: name } = (await invite([bob.uid])).body.data.invitations[0];
  await smtp.next(bob.email);
  const { status, body } = await ask('DELETE', `/invitations/${name}`);
  expect([status, body.data]).toEqual([200, null]);
  expect(lineOf(calendarIn(await smtp.next(bob.email)), 'METHOD')).toBe('METHOD:CANCEL');
  expect((await ask('GET', '/invitations')).body.data.invitations).toEqual([]);
  expect((await ask('POST', '/join', {}, bob)).status).toBe(403);
  expect((await ask('DELETE', '/invitations/inv_other')).status).toBe(404);
});

test('the file of a meeting, for whoever may read it', async () => {
  const { status, headers, body } = await ask('GET', '/calendar.ics');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="meeting.ics"');
  expect(body).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]+METHOD:PUBLISH\r\n[\s\S]+END:VCALENDAR\r\n$/);
  id = await plan({ password: 'sesame' });
  const bob = await somebody();
  expect((await ask('GET', '/calendar.ics', undefined, bob)).status).toBe(403);
  id = await plan({ start_time: null, end_time: null });
  const timeless = await ask('GET', '/calendar.ics');
  expect([timeless.status, timeless.body.code]).toEqual([409, 409]);
});

test('what the mail server refuses for good is given up, and holds up nobody', async () => {
  const bob = await somebody();
  await invite(['nobody@refused.example', bob.uid]);
  await smtp.next(bob.email);
  const { mails } = server.app.store.read;
  await waitFor(async () => (await mails.count()) === 0, { reason: 'no letter to wait' });
  expect(smtp.letters.some(({ to }) => to.includes('nobody@refused.example'))).toBe(false);
});

test('mail outlives its server and ours: it is sent after both are back', async () => {
  const before = await startSmtp();
  const port = Number(new URL(before.url).port);
  await before.close();
  let later = 0;
  const clock = { now: () => Date.now() + later };
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-mail-'));
  const begin = () => startTestServer({ ...settings(before.url), dataDir }, { clock });
  const first = await begin();
  const bob = await somebody(first);
  const host = await first.person('ann');
  id = await plan({}, host, first);
  await ask('POST', '/invitations', { invitees: [bob.uid] }, host, first);
  const tried = async () =>
    (await first.app.store.read.mails.due(clock.now() + 86_400_000, 1))[0]?.tries ?? 0;
  await waitFor(async () => (await tried()) > 0, { reason: 'the letter to be tried' });
  await first.close();
  later = 5 * 60_000;
  const after = await startSmtp(port);
  const second = await begin();
  try {
    expect((await after.next(bob.email)).subject).toContain('Invitation: Weekly');
    await waitFor(async () => (await second.app.store.read.mails.count()) === 0, { reason: 'it to be gone' });
  } finally {
    await second.close();
    await after.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
