import { expect, it } from 'vitest';
import { bringForward, keepOrder } from './tile-order.ts';

const none = new Set<string>();

it('whoever stays keeps their place, newcomers come last', () => {
  expect(keepOrder(['a', 'b', 'c'], ['c', 'd', 'a'])).toEqual(['a', 'c', 'd']);
  const before = ['a', 'b'];
  expect(keepOrder(before, ['b', 'a'])).toBe(before);
});

it('a speaker off the page takes the place of whoever has been silent longest, and nobody else moves', () => {
  const spoke = new Map([
    ['a', 60_000],
    ['b', 20_000],
    ['c', 40_000],
  ]);
  expect(bringForward(['a', 'b', 'c', 'd', 'e'], 'e', 3, spoke, 60_000, none)).toEqual([
    'a',
    'e',
    'c',
    'd',
    'b',
  ]);
});

it('who never spoke goes first, the last of them', () => {
  const spoke = new Map([['b', 1000]]);
  expect(bringForward(['a', 'b', 'c', 'd'], 'd', 3, spoke, 60_000, none)).toEqual(['a', 'b', 'd', 'c']);
  expect(bringForward(['a', 'b', 'c', 'd'], 'd', 3, spoke, 60_000, new Set(['c']))).toEqual([
    'd',
    'b',
    'c',
    'a',
  ]);
});

it('nobody moves who is on the page, or while everybody there has spoken lately', () => {
  const order = ['a', 'b', 'c'];
  expect(bringForward(order, 'a', 2, new Map(), 60_000, none)).toBe(order);
  const spoke = new Map([
    ['a', 55_000],
    ['b', 58_000],
  ]);
  expect(bringForward(order, 'c', 2, spoke, 60_000, none)).toBe(order);
});
