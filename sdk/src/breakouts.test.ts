import { expect, it } from 'vitest';
import { breakoutsAfter } from './breakouts.ts';

const RED = { meeting_id: 7, name: 'Red' };
const BLUE = { meeting_id: 8, name: 'Blue' };
const OPENED = {
  type: 'breakouts-opened',
  data: { free: false, closing: false, closes_at: null, rooms: [RED, BLUE], room: RED },
};
const ME = 3;

it('breakout rooms are known from their opening to their end, and one’s own place as it moves', () => {
  const open = breakoutsAfter(null, OPENED, ME);
  expect(open).toEqual({
    free: false,
    closing: false,
    closesAt: null,
    rooms: [
      { id: 7, name: 'Red' },
      { id: 8, name: 'Blue' },
    ],
    room: { id: 7, name: 'Red' },
  });
  const moved = (who: number, room: object | null) =>
    breakoutsAfter(open, { type: 'breakouts-moved', data: { user_id: who, room } }, ME);
  expect(moved(4, BLUE)).toBe(open);
  expect(moved(ME, BLUE)?.room).toEqual({ id: 8, name: 'Blue' });
  expect(moved(ME, null)?.room).toBeNull();
  const at = '2030-01-01T00:00:30Z';
  expect(breakoutsAfter(open, { type: 'breakouts-closing', data: { closes_at: at } }, ME)).toMatchObject({
    closing: true,
    closesAt: new Date(at),
  });
  expect(breakoutsAfter(open, { type: 'breakouts-closed', data: {} }, ME)).toBeNull();
});

it('a room that is told of its end knows of no rooms of its own', () => {
  const closing = { type: 'breakouts-closing', data: { closes_at: '2030-01-01T00:00:30Z' } };
  expect(breakoutsAfter(null, closing, ME)).toBeNull();
});
