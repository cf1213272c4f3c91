import { expect, it } from 'vitest';
import { isNewName, roomAddress, roomNameIn } from './room-name.ts';

it('a room is found by its name or by any address that ends in it', () => {
  expect(roomNameIn(' weekly ')).toBe('weekly');
  expect(roomNameIn('two words')).toBe('two words');
  expect(roomNameIn('https://calls.example.com/rooms/weekly/')).toBe('weekly');
  expect(roomNameIn('https://calls.example.com/rooms/weekly?from=mail')).toBe('weekly');
  expect(roomNameIn(`https://calls.example.com${roomAddress('周会')}`)).toBe('周会');
});

it('what is no name of a room is none', () => {
  for (const typed of ['', '  ', 'https://example.com/', '/rooms/%E0%A4%A', 'a'.repeat(101)]) {
    expect(roomNameIn(typed), typed).toBeUndefined();
  }
});

it('a new name can be said in an address and is no call’s', () => {
  expect(['weekly', '周会', 'a.b-c_1'].map(isNewName)).toEqual([true, true, true]);
  expect(['', 'two words', 'a/b', 'call_1', 'meet_1', 'a'.repeat(65)].map(isNewName)).toEqual(
    Array(6).fill(false),
  );
});
