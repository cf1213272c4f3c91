/** Of one stream since it began. */
export interface Counts {
  readonly packets: number;
  readonly lost: number;
}

/** 0 to 1: what was lost of all the streams between two looks at them, by their SSRC. */
export function shareLost(now: ReadonlyMap<number, Counts>, before: ReadonlyMap<number, Counts>): number {
  let packets = 0;
  let lost = 0;
  for (const [ssrc, counts] of now) {
    const earlier = before.get(ssrc);
    packets += Math.max(0, counts.packets - (earlier?.packets ?? 0));
    // Late packets make the count fall.
    lost += Math.max(0, counts.lost - (earlier?.lost ?? 0));
  }
  return lost === 0 ? 0 : lost / (lost + packets);
}
