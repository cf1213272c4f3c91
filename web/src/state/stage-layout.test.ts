import { expect, it } from 'vitest';
import { capacityOf, layFocus, pageOf } from './stage-layout.ts';

it('a phone shows six, a low stage four, a tablet at most sixteen, a large screen forty-nine', () => {
  expect(capacityOf(344, 512)).toBe(6);
  expect(capacityOf(344, 460)).toBe(6);
  expect(capacityOf(552, 312)).toBe(4);
  expect(capacityOf(744, 880)).toBe(16);
  expect(capacityOf(1416, 764)).toBe(25);
  expect(capacityOf(2536, 1300)).toBe(49);
});

it('there is always room for one', () => {
  expect(capacityOf(0, 0)).toBe(1);
  expect(pageOf([], 0, 3)).toEqual({ shown: [], page: 0, pages: 1 });
});

it('the strip stands at the side of a wide stage and below a narrow one', () => {
  expect(layFocus(1416, 764, 5)).toMatchObject({
    side: 'right',
    main: { width: 1208, height: 764 },
    inStrip: 6,
  });
  expect(layFocus(344, 512, 5)).toMatchObject({
    side: 'below',
    main: { width: 344, height: 408 },
    inStrip: 2,
  });
  expect(layFocus(744, 880, 5).side).toBe('below');
  expect(layFocus(552, 312, 5)).toMatchObject({ side: 'right', tile: { width: 132 } });
  expect(layFocus(1000, 600, 0).main).toEqual({ width: 1000, height: 600 });
});

it('a page that is gone becomes the last one', () => {
  const seven = [1, 2, 3, 4, 5, 6, 7];
  expect(pageOf(seven, 3, 0)).toEqual({ shown: [1, 2, 3], page: 0, pages: 3 });
  expect(pageOf(seven, 3, 9)).toEqual({ shown: [7], page: 2, pages: 3 });
});
