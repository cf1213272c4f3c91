import type { Line } from '../../support/figure.ts';

export interface Asked {
  readonly pairs: number;
  /** Sizes by ten, to try out whether everything runs: no figures. */
  readonly small: boolean;
  /** Frames a second; found by the machine when not given. */
  readonly fps: number | undefined;
}

/** One file of `figures/`. */
export interface MediaFigure {
  readonly name: string;
  measure(asked: Asked, note: (sentence: string) => void): Promise<Line[]>;
}

/** A tenth of it, when things are tried out. */
export const sized = ({ small }: Asked, size: number): number =>
  small ? Math.max(2, Math.round(size / 10)) : size;
