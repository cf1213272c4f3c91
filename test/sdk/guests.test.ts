import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type Client,
  comeAsGuest,
  connect,
  Guest,
  guestDoor,
  type MeetingLine,
} from '../../sdk/src/index.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

let server: TestServer;
let ann: Client;
const open: (Client | MeetingLine)[] = [];
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  const { token } = await server.person('ann', { displayName: 'ANN' });
  ann = connect({ url: server.url, token, media: false, reconnectDelay: () => 20 });
  open.push(ann);
  await ann.ready;
});
afterEach(() => {
  for (const one of open.splice(0).reverse()) one.close();
});
afterAll(() => server.close());

const kept = (line: MeetingLine) => {
  open.push(line);
  return line;
};
const reasonOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'ok',
    (error) => error.reason,
  );

it('somebody without an account looks at the door, comes in, speaks, and takes up again with the pass', async () => {
  const meeting = await ann.meetings.create({
    title: 'Open day',
    startTime: new Date('2030-01-01T10:00:00Z'),
    password: 'sesame',
    settings: { guests: true },
  });
  const { url } = server;
  expect(await guestDoor(url, meeting.id)).toEqual({
    id: meeting.id,
    title: null,
    startTime: new Date('2030-01-01T10:00:00Z'),
    type: 'video',
    status: 'scheduled',
    hasPassword: true,
    locked: false,
  });
  const ask = { url, meetingId: meeting.id, name: 'Gus', reconnectDelay: () => 20 };
  expect(await reasonOf(comeAsGuest({ ...ask, password: 'wrong' }))).toBe('forbidden');
  const gus = await comeAsGuest({ ...ask, password: 'sesame' });
  expect(gus.pass).toMatchObject({ name: 'Gus', meetingId: meeting.id, userId: expect.any(Number) });
  const host = kept(ann.meetings.open(meeting.id));
  await host.ready;
  const line = kept(gus.open({ password: 'sesame' }));
  await line.ready;
  const there = await waitFor(() => host.view.people.get(gus.pass.userId), { reason: 'the guest to come' });
  expect(there).toMatchObject({ name: 'Gus', guest: true, role: 'participant' });
  expect([...line.view.people.values()].map(({ guest }) => guest)).toEqual([false, true]);
  await line.say('Hello');
  await waitFor(() => host.view.messages.find(({ content }) => content === 'Hello'), { reason: 'a message' });

  const { pass } = gus;
  const again = new Guest({ url, pass: JSON.parse(JSON.stringify(pass)), reconnectDelay: () => 20 });
  expect((await again.meetings.get(meeting.id)).title).toBe('Open day');
  expect(await reasonOf(again.meetings.mine())).toBe('forbidden');
  await ann.meetings.remove(meeting.id, pass.userId);
  await waitFor(() => line.view.status === 'over', { reason: 'the guest to be out' });
  expect(await reasonOf(again.meetings.join(meeting.id, 'sesame'))).toBe('forbidden');
});

it('there is no door where no guests come', async () => {
  const { id } = await ann.meetings.create({ title: 'For members' });
  expect(await reasonOf(guestDoor(server.url, id))).toBe('not_found');
  expect(await reasonOf(comeAsGuest({ url: server.url, meetingId: id, name: 'Gus' }))).toBe('not_found');
});
