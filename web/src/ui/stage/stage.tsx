import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { GAP, layGrid } from '../../state/grid.ts';
import { capacityOf, layFocus, pageOf } from '../../state/stage-layout.ts';
import { layout, pinned, tilePage, tilePages } from '../../state/stage-view.ts';
import { classes } from '../classes.ts';
import { useSize } from '../use-size.ts';
import { useStore } from '../use-store.ts';
import { Pager } from './pager.tsx';
import style from './stage.module.css';
import type { StageItem } from './stage-item.ts';

export interface TilePlace {
  width: number;
  height: number;
  /** The Tab key stops at one tile; arrows lead to the others. */
  first: boolean;
}

/** As high as the row below the tiles, with the gap above it. */
const PAGER = 48;

interface StageProps {
  /** Faces in the order of their places. */
  faces: readonly StageItem[];
  /** Shared screens, the newest last. */
  screens: readonly StageItem[];
  /** Whose face is large in the speaker view. */
  speaker: string | undefined;
  /** What is in sight now, and how many the first page of the grid holds. */
  onShown?: (keys: readonly string[], capacity: number) => void;
  children: (item: StageItem, place: TilePlace) => ReactNode;
}

/** Several people: equal tiles by the page, or one large picture and a strip of the others. */
export function Stage({ faces, screens, speaker, onShown, children }: StageProps) {
  const { t } = useWords();
  const area = useRef<HTMLDivElement>(null);
  const { width, height: whole } = useSize(area);
  const mode = useStore(layout);
  const pin = useStore(pinned);
  const page = useStore(tilePage);
  const all = [...screens, ...faces];
  const large = largeOf(all, screens, pin, mode === 'speaker' ? speaker : undefined, mode);
  const rest = large ? all.filter((one) => one !== large) : all;
  const fits = (tall: number) =>
    Math.max(1, large ? layFocus(width, tall, rest.length).inStrip : capacityOf(width, tall));
  // Pages need a row to turn them with, which is taken from the tiles.
  const height = rest.length > fits(whole) ? whole - PAGER : whole;
  const focus = layFocus(width, height, rest.length);
  const capacity = fits(height);
  const { shown, page: now, pages } = pageOf(rest, capacity, page);
  const grid = layGrid(Math.max(1, shown.length), width, height);
  const keys = [...(large ? [large] : []), ...shown].map((one) => one.key).join('\n');

  useEffect(() => {
    tilePages.set(pages);
    if (tilePage.get() !== now) tilePage.set(now);
  }, [pages, now]);
  useEffect(() => {
    if (width > 0) onShown?.(keys.split('\n'), capacity);
  }, [keys, capacity, width, onShown]);

  const tile = (one: StageItem, place: TilePlace) => (
    <li
      key={one.key}
      className={style.place}
      style={{ inlineSize: place.width, blockSize: place.height }}
      data-tile={one.key}
    >
      {children(one, place)}
    </li>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows only move the focus among the tiles' own buttons.
    <div ref={area} className={style.stage} onKeyDown={(event) => walk(event, area.current)}>
      {width > 0 && (
        <div className={classes(style.split, large && style[focus.side])} style={{ blockSize: height }}>
          {large && <ul className={style.main}>{tile(large, { ...focus.main, first: true })}</ul>}
          {shown.length > 0 && (
            <ul
              aria-label={t('room.tiles')}
              className={large ? style.strip : style.grid}
              style={large ? undefined : { maxInlineSize: grid.columns * (grid.width + GAP) - GAP }}
            >
              {shown.map((one, i) =>
                tile(one, {
                  ...(large ? focus.tile : { width: grid.width, height: grid.height }),
                  first: !large && i === 0,
                }),
              )}
            </ul>
          )}
        </div>
      )}
      {pages > 1 && <Pager page={now} pages={pages} />}
    </div>
  );
}

/** A pin wins, then the newest screen, then whoever speaks. */
function largeOf(
  all: readonly StageItem[],
  screens: readonly StageItem[],
  pin: string | undefined,
  speaker: string | undefined,
  mode: 'grid' | 'speaker',
): StageItem | undefined {
  const chosen = all.find((one) => one.key === pin);
  if (chosen) return chosen;
  const screen = screens.findLast((one) => !one.self);
  if (screen) return screen;
  if (mode === 'grid') return undefined;
  return all.find((one) => one.key === speaker) ?? all.find((one) => !one.self && !one.screen);
}

const steps: Record<string, -1 | 1> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** Arrows go from tile to tile; Enter then presses the tile's own button, which pins it. */
function walk(event: KeyboardEvent, area: HTMLElement | null): void {
  const step = steps[event.key];
  const here = event.target instanceof Element ? event.target.closest('[data-tile]') : null;
  if (!step || !here || !area) return;
  const tiles = [...area.querySelectorAll('[data-tile]')];
  const next = tiles[(tiles.indexOf(here) + step + tiles.length) % tiles.length];
  const button = next?.querySelector<HTMLElement>('[data-pin] button');
  if (!button) return;
  event.preventDefault();
  button.focus();
}
