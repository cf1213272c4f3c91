import { expect, test } from 'vitest';
import { addressesIn, withChosen } from './invite-form.ts';

const names = (typed: string) => addressesIn(typed).addresses.map(({ name }) => name);

test('addresses are found in what other programs write', () => {
  expect(names('ann@example.com')).toEqual(['ann@example.com']);
  expect(names('"Ann Lee" <Ann@Example.com>, bob@example.com; cid@example.com\ndee@example.com')).toEqual([
    'ann@example.com',
    'bob@example.com',
    'cid@example.com',
    'dee@example.com',
  ]);
  expect(names('a@b@c, @b, a@, (a@b)')).toEqual([]);
});

test('what is no address stays to be looked for', () => {
  expect(addressesIn(' Ann Lee ')).toEqual({ addresses: [], rest: 'Ann Lee' });
  expect(addressesIn('Ann <ann@example.com>').rest).toBe('');
});

test('nobody is chosen twice', () => {
  const ann = { name: 'ann', label: 'Ann' };
  const bob = { name: 'bob@example.com', label: 'bob@example.com' };
  expect(withChosen([ann], [bob, { name: 'ann', label: 'Other' }, bob])).toEqual([ann, bob]);
});
