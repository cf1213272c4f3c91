/** A grid of equal tiles. */
export interface Grid {
  columns: number;
  rows: number;
  width: number;
  height: number;
}

export const GAP = 8;

/**
 * The grid with the largest tiles for `count` people in an area: faces near 16:9 on wide areas and
 * near a square on narrow ones, never cropped beyond 4:3 and 17:9 (1:1 and 3:4 on phones).
 */
export function layGrid(count: number, areaWidth: number, areaHeight: number): Grid {
  const narrow = areaWidth < 480;
  const [tallest, widest] = narrow ? [3 / 4, 4 / 3] : [4 / 3, 17 / 9];
  let best: Grid = { columns: 1, rows: Math.max(1, count), width: 0, height: 0 };
  let bestArea = -1;
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (areaWidth - GAP * (columns - 1)) / columns;
    const cellHeight = (areaHeight - GAP * (rows - 1)) / rows;
    if (cellWidth <= 0 || cellHeight <= 0) continue;
    const ratio = Math.min(widest, Math.max(tallest, cellWidth / cellHeight));
    const width = Math.floor(Math.min(cellWidth, cellHeight * ratio));
    const height = Math.floor(Math.min(cellHeight, cellWidth / ratio));
    if (width * height > bestArea) {
      bestArea = width * height;
      best = { columns, rows, width, height };
    }
  }
  return best;
}

export type Corner = 'top-start' | 'top-end' | 'bottom-start' | 'bottom-end';

/** The corner nearest to a point given as fractions of the area. */
export function cornerAt(x: number, y: number): Corner {
  return `${y < 0.5 ? 'top' : 'bottom'}-${x < 0.5 ? 'start' : 'end'}`;
}

/** Where an arrow key takes the self view. */
export function moveCorner(corner: Corner, key: string): Corner {
  const [row, column] = corner.split('-') as ['top' | 'bottom', 'start' | 'end'];
  if (key === 'ArrowUp') return `top-${column}`;
  if (key === 'ArrowDown') return `bottom-${column}`;
  if (key === 'ArrowLeft') return `${row}-start`;
  if (key === 'ArrowRight') return `${row}-end`;
  return corner;
}
