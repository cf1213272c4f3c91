import { type Line, short } from '../../support/figure.ts';
import { middle, type Round } from './sides.ts';

export interface Bar {
  readonly atLeast?: number;
  readonly atMost?: number;
}

const words = ({ atLeast, atMost }: Bar) =>
  atLeast === undefined ? (atMost === undefined ? '-' : `at most ${atMost} x`) : `at least ${atLeast} x`;

const holds = (
  ratio: number,
  { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Bar,
) => ratio >= atLeast && ratio <= atMost;

export interface Told<T> {
  readonly figure: string;
  readonly unit: string;
  readonly value: (measured: T) => number;
  readonly bar: Bar;
}

/** One line for ours; one more for the stock worker, printed beside it and held to nothing. */
export function linesOf<T>(rounds: readonly Round<T>[], told: Told<T>): Line[] {
  const { figure, unit, value, bar } = told;
  const line = (name: string, side: 'ours' | 'stock', against: Bar): Line => {
    const { own, other, ratio } = middle(rounds, value, side);
    return {
      figure: name,
      ours: `${short(own)}${unit}`,
      floor: `${short(other)}${unit}`,
      ratio,
      bar: words(against),
      holds: holds(ratio, against),
    };
  };
  const stock = rounds.some((round) => round.stock !== undefined);
  return [
    line(figure, 'ours', bar),
    ...(stock ? [line(`${figure}, stock worker (for comparison)`, 'stock', {})] : []),
  ];
}
