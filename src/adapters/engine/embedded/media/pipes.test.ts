import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { expect, test } from 'vitest';
import { Pipes } from './pipes.ts';
import type { Place } from './place.ts';

/** A producer on one worker, places on others, and a note of what is piped. */
function open() {
  const done: string[] = [];
  const failures: Error[] = [];
  const pipeToRouter = async ({ router }: { router: { id: string } }) => {
    const failure = failures.shift();
    if (failure) throw failure;
    done.push(`to ${router.id}`);
    return {
      pipeProducer: { id: `there-${router.id}` },
      pipeConsumer: { close: () => void done.push(`no longer to ${router.id}`) },
    };
  };
  const place = (id: string) => ({ router: { id, pipeToRouter } }) as unknown as Place;
  const home = place('home');
  const pipes = new Pipes({ id: 'voice' } as types.Producer, home);
  /** Somebody there receives it; `end` closes that. */
  const receive = async (at: Place) => {
    const consumer = { observer: new EventEmitter(), from: '' };
    await pipes.receive(at, async ({ id }) => {
      consumer.from = id;
      return consumer as unknown as types.Consumer;
    });
    return { from: consumer.from, end: () => void consumer.observer.emit('close') };
  };
  return { pipes, home, place, done, failures, receive };
}

const turn = () => new Promise(setImmediate);

test('where it is nothing is piped', async () => {
  const { home, done, receive } = open();
  expect((await receive(home)).from).toBe('voice');
  expect(done).toEqual([]);
});

test('it is brought to a place once, until the last one there has left', async () => {
  const { place, done, receive } = open();
  const [there, elsewhere] = [place('there'), place('elsewhere')];
  const [ann, bob] = await Promise.all([receive(there), receive(there), receive(elsewhere)]);
  expect(ann.from).toBe('there-there');
  expect(done).toEqual(['to there', 'to elsewhere']);
  ann.end();
  await turn();
  const cat = await receive(there);
  bob.end();
  await turn();
  expect(done).toHaveLength(2);
  cat.end();
  await turn();
  expect(done.slice(2)).toEqual(['no longer to there']);
  await receive(there);
  expect(done.slice(3)).toEqual(['to there']);
});

test('what could not be brought is tried again by who comes next', async () => {
  const { place, done, failures, receive } = open();
  const there = place('there');
  failures.push(new Error('no'));
  const ends = await Promise.allSettled([receive(there), receive(there)]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await receive(there);
  expect(done).toEqual(['to there']);
});

test('a receiver that could not be made does not keep it there', async () => {
  const { pipes, place, done } = open();
  await expect(pipes.receive(place('there'), () => Promise.reject(new Error('gone')))).rejects.toThrow(
    'gone',
  );
  await turn();
  expect(done).toEqual(['to there', 'no longer to there']);
});
