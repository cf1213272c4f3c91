import { ParleyError } from './errors.ts';

/** Somebody else changed the subject between our look and our write. Thrown in a transaction, it rolls back. */
export class Overtaken extends Error {}

/** How often a command is decided anew when somebody was quicker. */
const ATTEMPTS = 10;

/** Runs the work again when it was overtaken; throws `unavailable` with this key when it always is. */
export async function attempts<T>(key: string, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      if (attempt === ATTEMPTS) throw new ParleyError('unavailable', key);
    }
  }
}
