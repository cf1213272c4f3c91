/** Time as the core sees it: milliseconds since the epoch. Tests turn it by hand. */
export interface Clock {
  now(): number;
}
