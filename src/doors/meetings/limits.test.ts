import { expect, test } from 'vitest';
import { routeName } from '../limit.ts';
import { meetings } from './index.ts';
import { limits } from './limits.ts';

test('every route of the door has a line in the table of limits, and every line a route', () => {
  const routes = meetings.routes.map(routeName);
  expect(routes.filter((name) => !(name in limits))).toEqual([]);
  expect(Object.keys(limits).filter((name) => !routes.includes(name))).toEqual([]);
});

test('the door has the table', () => {
  expect(meetings.limits).toBe(limits);
});
