import { expect, it, vi } from 'vitest';
import type { App } from '../../core/app.ts';
import type { Call, CallChange } from '../../core/calls/index.ts';
import { Announcer } from './announcer.ts';

it('says that a database does not answer: to the names, and to the tickets', async () => {
  const unavailable = new Error('the database does not answer');
  const failed = vi.fn();
  const app = {
    store: { read: { users: { byIds: () => Promise.reject(unavailable) } } },
    presence: { local: { has: () => true, of: () => [] } },
  } as unknown as App;
  const ann = { userId: 1, uid: 'ann', state: 'joined' };
  const bob = { userId: 2, uid: 'bob', state: 'joined' };
  const call = { id: 'call_1', media: 'sfu', callerId: 'ann', legs: [ann, bob] } as unknown as Call;
  const events = [{ type: 'leg.joined', uid: 'bob' }] as unknown as CallChange['events'];
  const announcer = new Announcer(app, failed);
  announcer.announce({ call, events, at: 0, transient: {} });
  await announcer.telling('call_1');
  // A rejection that nobody took would end the process, and fails the run.
  await new Promise(setImmediate);
  expect(failed.mock.calls).toEqual([[unavailable], [unavailable]]);
});
