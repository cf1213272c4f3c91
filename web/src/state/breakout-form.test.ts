import { describe, expect, it } from 'vitest';
import { askOf, newForm, roomCount, withName, withPlace } from './breakout-form.ts';

const name = (n: number) => `Room ${n}`;

describe('breakout rooms that are being planned', () => {
  it('are as many as are asked for, from one to fifty', () => {
    expect(['1', '50'].map((count) => roomCount({ ...newForm, count }))).toEqual([1, 50]);
    for (const count of ['', '0', '51', '2.5', 'two']) {
      expect(askOf({ ...newForm, count }, name)).toBeUndefined();
    }
  });

  it('have the people who were placed by hand, as far as there are rooms', () => {
    const placed = withPlace(withPlace(withPlace(newForm, 7, 0), 8, 1), 9, 2);
    const moved = withPlace(withPlace(placed, 7, 1), 9, undefined);
    expect(askOf({ ...moved, assign: 'manual' }, name)).toEqual({
      rooms: [
        { name: 'Room 1', userIds: [] },
        { name: 'Room 2', userIds: [8, 7].sort() },
      ],
      assign: 'manual',
    });
    expect(askOf({ ...placed, count: '1', assign: 'manual' }, name)?.rooms).toEqual([
      { name: 'Room 1', userIds: [7] },
    ]);
  });

  it('are called what is said, and by their number where nothing is', () => {
    const named = withName(withName(withName(newForm, 0, ' Red '), 1, ' '), 2, 'Blue');
    expect(askOf({ ...named, count: '4', assign: 'free' }, name)?.rooms).toEqual(
      ['Red', 'Room 2', 'Blue', 'Room 4'].map((one) => ({ name: one })),
    );
  });

  it('close by themselves where a time is set; nobody is placed who is not to be', () => {
    const ask = askOf({ ...withPlace(newForm, 7, 0), minutes: '15', assign: 'free' }, name);
    expect(ask).toEqual({ rooms: [{ name: 'Room 1' }, { name: 'Room 2' }], assign: 'free', minutes: 15 });
  });
});
