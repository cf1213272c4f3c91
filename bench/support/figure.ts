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

export interface Pair<T = number> {
  ours: T;
  floor: T;
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
  return middle(await inTurn(name, pairs, ours, floor, (value) => value), (value) => value);
}

/** The same for sides that are measured in several ways; `show` is told of while it runs. */
export async function inTurn<T>(
  name: string,
  pairs: number,
  ours: () => Promise<T>,
  floor: () => Promise<T>,
  show: (measured: T) => number,
): Promise<Pair<T>[]> {
  const measured: Pair<T>[] = [];
  for (let turn = 0; turn < pairs; turn++) {
    const early = turn % 2 === 0 ? undefined : await floor();
    const own = await ours();
    const other = early ?? (await floor());
    measured.push({ ours: own, floor: other });
    const told = `${short(show(own))} against ${short(show(other))}`;
    process.stderr.write(`${name} ${turn + 1}/${pairs}: ${told}\n`);
  }
  return measured;
}

/** The pair in the middle, by the ratio of this value. */
export function middle<T>(
  measured: readonly Pair<T>[],
  value: (measured: T) => number,
): Pair & { ratio: number } {
  const pairs = measured.map(({ ours, floor }) => {
    const [own, other] = [value(ours), value(floor)];
    return { ours: own, floor: other, ratio: own / other };
  });
  pairs.sort((a, b) => a.ratio - b.ratio);
  const found = pairs[Math.floor(pairs.length / 2)];
  if (!found) throw new Error('no pair was measured');
  return found;
}

/** Three digits that matter. */
export const short = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
