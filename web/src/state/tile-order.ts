/** Who is there, in the order of before: whoever stays keeps their place, newcomers come last. */
export function keepOrder(before: readonly string[], present: readonly string[]): readonly string[] {
  const here = new Set(present);
  const kept = before.filter((key) => here.has(key));
  const known = new Set(kept);
  const next = [...kept, ...present.filter((key) => !known.has(key))];
  const same = next.length === before.length && next.every((key, i) => key === before[i]);
  return same ? before : next;
}

/** Who has been silent for so long may give up a place on the first page. */
const QUIET_MS = 10_000;

/**
 * Somebody who speaks off the first page takes the place there of whoever has been silent longest. Every other
 * tile stays where it is. Nobody moves while all on the page have spoken lately.
 */
export function bringForward(
  order: readonly string[],
  key: string,
  size: number,
  spoke: ReadonlyMap<string, number>,
  now: number,
  fixed: ReadonlySet<string>,
): readonly string[] {
  const from = order.indexOf(key);
  if (from < size) return order;
  let place = -1;
  let quietest = now - QUIET_MS;
  for (const [i, one] of order.slice(0, size).entries()) {
    const at = spoke.get(one) ?? Number.NEGATIVE_INFINITY;
    if (fixed.has(one) || at > quietest) continue;
    // Of those who never spoke, the last on the page goes.
    if (at < quietest || place === -1 || at === Number.NEGATIVE_INFINITY) place = i;
    quietest = at;
  }
  if (place === -1) return order;
  const next = [...order];
  next[from] = next[place] as string;
  next[place] = key;
  return next;
}
