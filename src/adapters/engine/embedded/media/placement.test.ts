import { expect, test } from 'vitest';
import { placeFor } from './placement.ts';

interface Worker {
  readonly load: { clients: number };
}
interface Part {
  readonly media: Worker;
  clients: number;
  streams: number;
}

const worker = (clients = 0): Worker => ({ load: { clients } });

/** So many come into the room, one after the other; how many are where afterwards. */
function come(room: Part[], workers: readonly Worker[], count: number, crowd?: number): number[] {
  for (let i = 0; i < count; i++) {
    const media = placeFor(room, workers, crowd);
    if (!media) throw new Error('nowhere');
    let part = room.find((each) => each.media === media);
    if (!part) {
      part = { media, clients: 0, streams: 0 };
      room.push(part);
    }
    part.clients++;
    media.load.clients++;
  }
  return workers.map((each) => room.find(({ media }) => media === each)?.clients ?? 0);
}

const begun = (media: Worker): Part[] => [{ media, clients: 0, streams: 0 }];

test('a room of some people is on one worker, a large one is shared evenly', () => {
  const workers = [worker(), worker()] as const;
  const room = begun(workers[0]);
  expect(come(room, workers, 20)).toEqual([20, 0]);
  expect(come(room, workers, 80)).toEqual([50, 50]);
  expect(come(room, workers, 101)).toEqual([101, 100]);
});

test('it takes one worker more at a time, and as many as there are', () => {
  const workers = [worker(), worker(), worker()] as const;
  const room = begun(workers[1]);
  expect(come(room, workers, 4, 4)).toEqual([0, 4, 0]);
  expect(come(room, workers, 4, 4)).toEqual([4, 4, 0]);
  expect(come(room, workers, 1, 4)).toEqual([4, 4, 1]);
  expect(come(room, workers, 18, 4)).toEqual([9, 9, 9]);
});

test('a few people who all see each other are shared, too, once they are sent very many streams', () => {
  const workers = [worker(), worker()] as const;
  const room = begun(workers[0]);
  come(room, workers, 15);
  for (const part of room) part.streams = 399;
  expect(come(room, workers, 1)).toEqual([16, 0]);
  for (const part of room) part.streams = 400;
  expect(come(room, workers, 16)).toEqual([16, 16]);
});

test('with one worker nothing is shared', () => {
  const workers = [worker()] as const;
  expect(come(begun(workers[0]), workers, 100)).toEqual([100]);
});

test('a worker that others fill is not taken before this one has as many', () => {
  const workers = [worker(), worker(30)] as const;
  const room = begun(workers[0]);
  expect(come(room, workers, 30)).toEqual([30, 0]);
  expect(come(room, workers, 10)).toEqual([31, 9]);
});

test('who comes takes the place of those who left', () => {
  const workers = [worker(), worker()] as const;
  const room = begun(workers[0]);
  come(room, workers, 12, 4);
  for (const part of room.slice(1)) {
    part.media.load.clients -= 5;
    part.clients -= 5;
  }
  expect(come(room, workers, 3, 4)).toEqual([6, 4]);
});

test('where no worker is left there is no place', () => {
  expect(placeFor([], [])).toBeUndefined();
});
