import type { TNumberOptions } from 'typebox';
import { Type } from 'typebox';

/**
 * A whole number in a query or a path. As `integer` the validator would cut `1.5` down to 1 before it
 * looks; a number that is a multiple of one is refused instead.
 */
export const WholeNumber = (options: TNumberOptions) => Type.Number({ multipleOf: 1, ...options });
