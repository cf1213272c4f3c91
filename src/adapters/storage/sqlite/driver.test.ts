import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Driver, OpenTransaction } from '../dialect.ts';
import { openSqlite } from './driver.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
const open = () => openSqlite(join(folder, 'parley.db'));
let driver: Driver;
beforeAll(() => {
  driver = open();
});
afterAll(async () => {
  await driver.close();
  rmSync(folder, { recursive: true, force: true });
});

async function written(by: Driver, work: (transaction: OpenTransaction) => unknown): Promise<void> {
  const transaction = await by.begin();
  await work(transaction);
  await transaction.commit();
}

test('rows have the names that the statement gives them', async () => {
  await written(driver, async (transaction) => {
    await transaction.change('create table people (id integer primary key, name text, room int)', []);
    await transaction.change('create table rooms (id integer primary key, name text)', []);
    await transaction.change('insert into rooms values (7, ?)', ['hall']);
    expect(
      await transaction.rows('insert into people (name, room) values (?, ?), (?, null) returning id', [
        'ann',
        7,
        'bob',
      ]),
    ).toEqual([{ id: 1 }, { id: 2 }]);
  });
  const joined = await driver.read.rows(
    'select p.name, r.name as room, count(*) from people p left join rooms r on r.id = p.room group by p.id',
    [],
  );
  expect(joined).toEqual([
    { name: 'ann', room: 'hall', 'count(*)': 1 },
    { name: 'bob', room: null, 'count(*)': 1 },
  ]);
  expect(await driver.read.rows('select id from people where id > ?', [9])).toEqual([]);
});

test('a column that another program has put there since is none of ours', async () => {
  const all = () => driver.read.rows('select * from rooms', []);
  expect(await all()).toEqual([{ id: 7, name: 'hall' }]);
  const newer = open();
  await written(newer, (transaction) => transaction.change('alter table rooms add column size int', []));
  await newer.close();
  expect(await all()).toEqual([{ id: 7, name: 'hall' }]);
});
