import { DatabaseSync } from 'node:sqlite';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { Backend } from './backends.ts';
import { backends, freshDatabase, redisUrl, turnServer } from './databases.ts';

/** Makes a table and counts what it holds, so that two databases that were one would collide. */
const useIt: Record<Backend, (url: string) => Promise<number>> = {
  async sqlite(url) {
    const db = new DatabaseSync(url.replace('sqlite:', ''));
    db.exec('create table things (id integer)');
    const row = db.prepare('select count(*) as n from things').get();
    db.close();
    return Number(row?.n);
  },
  async postgres(url) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('create table things (id integer)');
    const { rows } = await client.query<{ n: string }>('select count(*) as n from things');
    await client.end();
    return Number(rows[0]?.n);
  },
  async mariadb(url) {
    const connection = await createConnection(url);
    await connection.query('create table things (id integer)');
    const [rows] = await connection.query('select count(*) as n from things');
    await connection.end();
    return Number((rows as { n: number }[])[0]?.n);
  },
};

describe.each(backends())('a fresh database on %s', (kind) => {
  it('is empty, and not the one before it', async () => {
    await using first = await freshDatabase(kind);
    await using second = await freshDatabase(kind);
    expect(second.url).not.toBe(first.url);
    expect(await useIt[kind](first.url)).toBe(0);
    expect(await useIt[kind](second.url)).toBe(0);
  });
});

describe('the other servers', () => {
  it('Redis carries a message from one client to another', async () => {
    const [listener, speaker] = [new Redis(redisUrl()), new Redis(redisUrl())];
    const heard = new Promise((resolve) => listener.on('message', (_channel, words) => resolve(words)));
    await listener.subscribe('news');
    await speaker.publish('news', 'hello');
    expect(await heard).toBe('hello');
    listener.disconnect();
    speaker.disconnect();
  });

  it('coturn says where it is and which secret it takes', () => {
    const { urls, secret } = turnServer();
    expect(urls).toHaveLength(2);
    expect(urls[0]).toMatch(/^turn:127\.0\.0\.1:\d+\?transport=udp$/);
    expect(secret).not.toBe('');
  });
});
