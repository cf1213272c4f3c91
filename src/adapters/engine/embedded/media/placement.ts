/** Of one room on one worker: with so many clients, or streams to them, whoever comes next may be placed on another. */
const CROWD = 24;
const STREAMS = 400;

/** What counts of a worker: the clients of all its rooms. */
interface Worker {
  readonly load: { readonly clients: number };
}

/**
 * Where somebody comes in: where the room is, as long as few are there, and on the worker with the fewest
 * clients after that. A worker sends to one after the other, so those of a large room are better shared; a
 * small one is better together, for what is sent from one worker to another is sent once more.
 */
export function placeFor<W extends Worker>(
  room: Iterable<{ readonly media: W; readonly clients: number; readonly streams: number }>,
  workers: readonly W[],
  crowd = CROWD,
): W | undefined {
  const free = [...room].filter(({ clients, streams }) => clients < crowd && streams < STREAMS);
  const [least] = free.sort((a, b) => a.clients - b.clients);
  if (least) return least.media;
  return workers.toSorted((a, b) => a.load.clients - b.load.clients)[0];
}
