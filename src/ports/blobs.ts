/** What was kept: how long it is, and its bytes as they come. */
export interface Kept {
  size: number;
  content: AsyncIterable<Uint8Array>;
}

/**
 * Files under keys that the core chooses: words of `A-Z a-z 0-9 . _ -` that begin with none of these
 * signs, with slashes between them. Streamed both ways, never whole in memory.
 */
export interface Blobs {
  /** Whole or not at all: what the content throws is thrown on, and then nothing has changed. Answers the size. */
  put(key: string, content: AsyncIterable<Uint8Array>): Promise<number>;
  /** Undefined when there is none. Whoever takes it reads it, or ends the iteration. */
  get(key: string): Promise<Kept | undefined>;
  /** Nothing when there is none. */
  remove(key: string): Promise<void>;
  /** Those right in a folder (`avatars/`), in no order, and since when they are there. */
  list(folder: string): AsyncIterable<{ key: string; keptAt: number }>;
  /** What came in and broke off before then, in a process that is no more, goes. */
  dropUnfinished(before: number): Promise<void>;
}
