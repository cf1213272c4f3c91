import { DisconnectReason, SessionDescription, type SignalRequest } from '@livekit/protocol';
import { expect, it } from 'vitest';
import type { MediaSession } from '../../core/media/index.ts';
import { Resource } from './resource.ts';

/** A session that answers offers when the test says so. */
function begun(ended: (resource: Resource) => void = () => {}) {
  const offers: SessionDescription[] = [];
  const resource = new Resource(ended);
  const receive = (message: SignalRequest['message']) => {
    if (message.case === 'offer') offers.push(message.value);
  };
  resource.begin({ receive, leave: () => {} } as unknown as MediaSession);
  const answer = (id: number, sdp: string) =>
    resource.send({ case: 'answer', value: new SessionDescription({ type: 'answer', sdp, id }) });
  const offered = async (count: number) => {
    while (offers.length < count) await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return { resource, offers, answer, offered };
}

it('two offers at the same time are answered one after the other, each with its own answer', async () => {
  const { resource, offers, answer, offered } = begun();
  const both = [resource.negotiate('one'), resource.negotiate('two')];
  await offered(1);
  expect(offers.map(({ sdp }) => sdp)).toEqual(['one']);
  answer(1, 'to one');
  await offered(2);
  answer(1, 'late');
  answer(2, 'to two');
  expect(await Promise.all(both)).toEqual(['to one', 'to two']);
  expect(resource.offer).toBe('two');
});

it('the end of the session ends every negotiation, and is told once', async () => {
  let ends = 0;
  const { resource, offered } = begun(() => ends++);
  const both = [resource.negotiate('one'), resource.negotiate('two')].map((one) =>
    one.catch((error) => error.code),
  );
  await offered(1);
  resource.end(DisconnectReason.PARTICIPANT_REMOVED);
  expect(await Promise.all(both)).toEqual(['gone', 'gone']);
  resource.close();
  expect(ends).toBe(1);
});
