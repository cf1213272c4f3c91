import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { ParleyError } from '../../core/errors.ts';
import type { Bus, BusTopics } from '../../ports/bus.ts';
import { Outgoing } from './outgoing.ts';

/** A stream, not a channel: who was away reads on from where they were. */
const STREAM = 'parley:bus';
const KEPT = 20_000;
/** Descriptions travel through it and must not stay: what is older goes, and all of it when nobody speaks. */
const KEPT_MS = 600_000;
const BLOCK_MS = 5_000;
/** Longer than a blocking read: then the connection is dead, whatever TCP believes. */
const DEAD_MS = 10_000;
const RETRY_MS = 200;

type Topic = keyof BusTopics;
interface Message {
  node: string;
  number: number;
  topic: Topic;
  message: never;
}

export interface RedisBusOptions {
  url: string;
  /** Where this node's own listeners are. */
  local: Bus;
  /** Told once per outage, and of what was given up in one. */
  failed: (what: string, error: unknown) => void;
  /** How long Redis keeps what was told; whoever is away longer has missed it. */
  keptMs?: number;
}

/**
 * The local bus, wrapped for many nodes. A node's own messages reach it at once and not again; what
 * Redis cannot take now is sent when it is back, what could not be read is read then. Publishing
 * never throws and never waits.
 */
export class RedisBus implements Bus {
  readonly #local: Bus;
  readonly #failed: RedisBusOptions['failed'];
  readonly #keptMs: number;
  readonly #node = randomUUID();
  readonly #writer: Redis;
  readonly #reader: Redis;
  readonly #outgoing: Outgoing;
  /** The last number had from each node: a batch that was sent twice counts once. */
  readonly #had = new Map<string, number>();
  readonly #reading: Promise<void>;
  #number = 0;
  #trimmedAt = 0;
  #last: string | undefined;
  #away = false;
  #closed = false;
  readonly #ending = Promise.withResolvers<void>();

  constructor({ url, local, failed, keptMs = KEPT_MS }: RedisBusOptions) {
    this.#local = local;
    this.#keptMs = keptMs;
    this.#failed = failed;
    const common = {
      retryStrategy: (times: number) => Math.min(50 * 2 ** times, 1000),
      connectTimeout: 5000,
    };
    this.#writer = new Redis(url, { ...common, enableOfflineQueue: false, commandTimeout: 5000 });
    this.#reader = new Redis(url, { ...common, maxRetriesPerRequest: null, commandTimeout: DEAD_MS });
    this.#outgoing = new Outgoing(
      (batch) => this.#send(batch),
      (count) => failed('tell other nodes', new Error(`${count} messages given up`)),
    );
    for (const client of [this.#writer, this.#reader]) {
      client.on('error', (error: unknown) => this.#lost(error));
    }
    this.#writer.on('ready', () => {
      this.#away = false;
      void this.#outgoing.flush();
    });
    this.#reading = this.#read();
  }

  publish<T extends Topic>(topic: T, message: BusTopics[T]): void {
    this.#local.publish(topic, message);
    if (this.#closed) return;
    this.#number += 1;
    this.#outgoing.push(JSON.stringify({ node: this.#node, number: this.#number, topic, message }));
  }

  subscribe<T extends Topic>(topic: T, listener: (message: BusTopics[T]) => void): () => void {
    return this.#local.subscribe(topic, listener);
  }

  async ping(): Promise<void> {
    try {
      await this.#writer.ping();
      if (this.#last === undefined) throw new Error('not reading yet');
    } catch (error) {
      const unavailable = new ParleyError('unavailable', 'bus');
      unavailable.cause = error;
      throw unavailable;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    // What was published before is still told, if Redis is there.
    await this.#outgoing.flush();
    this.#closed = true;
    this.#ending.resolve();
    this.#writer.disconnect();
    this.#reader.disconnect();
    await this.#reading;
    await this.#local.close();
  }

  async #send(batch: readonly string[]): Promise<void> {
    // `ready` sends again.
    if (this.#writer.status !== 'ready') throw new Error('not connected');
    const pipeline = this.#writer.pipeline();
    for (const text of batch) pipeline.xadd(STREAM, 'MAXLEN', '~', KEPT, '*', 'm', text);
    const now = Date.now();
    if (now - this.#trimmedAt > this.#keptMs / 10) {
      this.#trimmedAt = now;
      pipeline.xtrim(STREAM, 'MINID', now - this.#keptMs);
    }
    pipeline.pexpire(STREAM, this.#keptMs);
    try {
      const answers = await orClosed(this.#writer, pipeline.exec());
      for (const [error] of answers ?? []) if (error) throw error;
    } catch (error) {
      this.#lost(error);
      // A connection that stands but does not answer is made anew; `ready` sends again.
      if (!this.#closed && this.#writer.status === 'ready') this.#writer.disconnect(true);
      throw error;
    }
  }

  async #read(): Promise<void> {
    while (!this.#closed) {
      await this.#readable();
      if (this.#closed) return;
      try {
        this.#last ??= await this.#newest();
        const from = this.#last;
        const found = await orClosed(
          this.#reader,
          this.#reader.xread('COUNT', 500, 'BLOCK', BLOCK_MS, 'STREAMS', STREAM, from),
        );
        for (const [, entries] of found ?? []) {
          for (const [id, fields] of entries) {
            this.#last = id;
            this.#take(fields[1] ?? '');
          }
        }
      } catch (error) {
        if (this.#closed) return;
        this.#lost(error);
        if (this.#reader.status === 'ready') this.#reader.disconnect(true);
        await delay(RETRY_MS);
      }
    }
  }

  async #readable(): Promise<void> {
    if (this.#reader.status === 'ready') return;
    const ready = new Promise((resolve) => this.#reader.once('ready', resolve));
    await Promise.race([ready, this.#ending.promise]);
  }

  async #newest(): Promise<string> {
    const newestFirst = this.#reader.xrevrange(STREAM, '+', '-', 'COUNT', 1);
    const [newest] = await orClosed(this.#reader, newestFirst);
    return newest?.[0] ?? '0-0';
  }

  #take(text: string): void {
    const { node, number, topic, message } = JSON.parse(text) as Message;
    if (node === this.#node || number <= (this.#had.get(node) ?? 0)) return;
    this.#had.set(node, number);
    this.#local.publish(topic, message);
  }

  #lost(error: unknown): void {
    if (this.#away || this.#closed) return;
    this.#away = true;
    this.#failed('reach Redis', error);
  }
}

/** The client leaves some commands unanswered when their connection closes; here they fail with it. */
function orClosed<T>(client: Redis, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('the connection closed'));
    client.once('close', closed);
    answer.then(resolve, reject).finally(() => client.off('close', closed));
  });
}
