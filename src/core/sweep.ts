/** How many overdue things one look takes. */
const BATCH = 100;

export interface Sweeping<K> {
  /** The overdue ones that have waited longest. */
  due: (limit: number) => Promise<readonly K[]>;
  /** Whether it changed anything. */
  expire: (one: K) => Promise<boolean>;
  failed: (one: K, error: unknown) => void;
}

/**
 * Expires whatever is due, batch by batch, and answers how many changed. What cannot be expired stays
 * due: it is passed over until the next sweep and keeps nobody else waiting.
 */
export async function sweepDue<K>({ due, expire, failed }: Sweeping<K>): Promise<number> {
  const stuck = new Set<K>();
  for (let total = 0; ; ) {
    const batch = (await due(BATCH + stuck.size)).filter((one) => !stuck.has(one));
    for (const one of batch) {
      const changed = await expire(one).catch((error) => {
        failed(one, error);
        return false;
      });
      if (changed) total += 1;
      else stuck.add(one);
    }
    if (batch.length < BATCH) return total;
  }
}
