import { describe, expect, it } from 'vitest';
import { cornerAt, GAP, layGrid, moveCorner } from './grid.ts';

describe('layGrid', () => {
  it('fits every tile into the area, for any count and shape', () => {
    for (const [w, h] of [
      [1440, 800],
      [768, 900],
      [360, 500],
      [560, 280],
      [300, 1000],
    ] as const) {
      for (let count = 1; count <= 6; count++) {
        const grid = layGrid(count, w, h);
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(count);
        expect(grid.columns * grid.width + GAP * (grid.columns - 1)).toBeLessThanOrEqual(w);
        expect(grid.rows * grid.height + GAP * (grid.rows - 1)).toBeLessThanOrEqual(h);
        const ratio = grid.width / grid.height;
        expect(ratio).toBeGreaterThan(w < 480 ? 0.73 : 1.3);
        expect(ratio).toBeLessThan(w < 480 ? 1.36 : 1.92);
      }
    }
  });

  it('puts six people on a phone in two columns and on a desktop in three', () => {
    expect(layGrid(6, 344, 480)).toMatchObject({ columns: 2, rows: 3 });
    expect(layGrid(6, 1416, 760)).toMatchObject({ columns: 3, rows: 2 });
  });
});

describe('corners', () => {
  it('are found by where a drag ends', () => {
    expect(cornerAt(0.1, 0.9)).toBe('bottom-start');
    expect(cornerAt(0.9, 0.1)).toBe('top-end');
  });

  it('are moved by arrows and stay at the edge', () => {
    expect(moveCorner('bottom-end', 'ArrowUp')).toBe('top-end');
    expect(moveCorner('top-end', 'ArrowUp')).toBe('top-end');
    expect(moveCorner('top-end', 'ArrowLeft')).toBe('top-start');
    expect(moveCorner('top-end', 'x')).toBe('top-end');
  });
});
