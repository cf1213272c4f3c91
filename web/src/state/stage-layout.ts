import { GAP } from './grid.ts';

/** More pictures than this at once help nobody, and no server sends them gladly. */
const MOST = 49;
/** A face smaller than this is not worth its place. */
const LEAST = { wide: [240, 135], narrow: [150, 140] } as const;

/** How many equal tiles a page of the grid holds. */
export function capacityOf(width: number, height: number): number {
  const narrow = width < 480;
  const [least, tall] = LEAST[narrow ? 'narrow' : 'wide'];
  const fit = Math.max(1, fits(width, least)) * Math.max(1, fits(height, tall));
  const most = narrow ? 6 : height < 340 ? 4 : width < 1000 ? 16 : MOST;
  // A low stage shows four, small as they are.
  return height < 340 && !narrow ? most : Math.min(most, fit);
}

const fits = (room: number, tile: number) => Math.floor((room + GAP) / (tile + GAP));

export interface FocusLayout {
  side: 'right' | 'below';
  main: { width: number; height: number };
  /** Of one tile in the strip. */
  tile: { width: number; height: number };
  /** Tiles that the strip shows at once. */
  inStrip: number;
}

/** One large picture and a strip of the others: at the side, or below where the stage is narrow. */
export function layFocus(width: number, height: number, others: number): FocusLayout {
  const flat = height < 340;
  // A tall stage has more room below.
  const right = (width >= 720 && width >= height) || flat;
  if (others === 0) {
    return {
      side: right ? 'right' : 'below',
      main: { width, height },
      tile: { width: 0, height: 0 },
      inStrip: 0,
    };
  }
  if (right) {
    const tile = flat ? { width: 132, height: 80 } : { width: 200, height: 112 };
    return {
      side: 'right',
      main: { width: Math.max(0, width - tile.width - GAP), height },
      tile,
      inStrip: Math.max(1, fits(height, tile.height)),
    };
  }
  const tile = { width: 128, height: 96 };
  return {
    side: 'below',
    main: { width, height: Math.max(0, height - tile.height - GAP) },
    tile,
    inStrip: Math.max(1, fits(width, tile.width)),
  };
}

export interface Paged<T> {
  shown: readonly T[];
  page: number;
  pages: number;
}

/** One page of a list; a page that is no longer there becomes the last. */
export function pageOf<T>(all: readonly T[], size: number, page: number): Paged<T> {
  const pages = Math.max(1, Math.ceil(all.length / Math.max(1, size)));
  const now = Math.min(Math.max(0, page), pages - 1);
  return { shown: all.slice(now * size, (now + 1) * size), page: now, pages };
}
