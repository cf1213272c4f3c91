import type { TNumber, TNumberOptions } from 'typebox';
import { Type } from 'typebox';

/**
 * A whole number in a query or a path. As `integer` the validator would cut `1.5` down to 1 before it
 * looks; a number that is a multiple of one is refused instead. It takes what is next to one for one,
 * which databases do not, so it is looked at once more.
 */
export const WholeNumber = (options: TNumberOptions): TNumber =>
  Type.Refine(Type.Number({ multipleOf: 1, ...options }), Number.isInteger);
