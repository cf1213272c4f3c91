import { expect, it } from 'vitest';
import { HANDLES, Handles } from './handles.ts';

it('more tracks than there are handles hold nobody up', () => {
  const handles = new Handles();
  for (let n = 1; n <= HANDLES; n++) expect(handles.take(`t${n}`)).toBe(n);
  expect(handles.take('one more')).toBeUndefined();
  handles.free('t7');
  expect(handles.take('one more')).toBe(7);
  expect([handles.size, handles.has('t7')]).toEqual([HANDLES, false]);
});

it('a handle that is free again is the last to be used again', () => {
  const handles = new Handles();
  handles.take('a');
  handles.free('a');
  expect([handles.take('b'), handles.take('c')]).toEqual([2, 3]);
  expect([...handles.entries()]).toEqual([
    ['b', 2],
    ['c', 3],
  ]);
});
