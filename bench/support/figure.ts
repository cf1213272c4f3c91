/** One line of the table. */
export interface Line {
  figure: string;
  ours: string;
  floor: string;
  /** Ours by the floor's. */
  ratio: number;
  bar: string;
  holds: boolean;
}

/** One file of `bench/`: what it measures and against what, in one run. */
export interface Figure {
  name: string;
  measure(pairs: number): Promise<Line[]>;
}

export interface Pair {
  ours: number;
  floor: number;
}

/**
 * The two sides in turn, the first one changing with every pair, so that what else the machine does
 * falls on both. The pair in the middle, by its ratio, counts.
 */
export async function alternate(
  name: string,
  pairs: number,
  ours: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<Pair & { ratio: number }> {
  const measured: (Pair & { ratio: number })[] = [];
  for (let turn = 0; turn < pairs; turn++) {
    const early = turn % 2 === 0 ? undefined : await floor();
    const own = await ours();
    const other = early ?? (await floor());
    measured.push({ ours: own, floor: other, ratio: own / other });
    process.stderr.write(`${name} ${turn + 1}/${pairs}: ${short(own)} against ${short(other)}\n`);
  }
  measured.sort((a, b) => a.ratio - b.ratio);
  const middle = measured[Math.floor(measured.length / 2)];
  if (!middle) throw new Error('no pair was measured');
  return middle;
}

/** Three digits that matter. */
export const short = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
