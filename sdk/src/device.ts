import { randomId } from './random-id.ts';

const KEY = 'parley.device';

interface Kept {
  deviceId: string;
  /** Calls this page was in: after a reload they are taken up again. */
  calls: string[];
}

/**
 * The name of this device and the calls it was in, kept across a reload of the page. The record is
 * taken out of the session's storage while the page lives and put back when it goes: a duplicated
 * tab, which copies the storage, must not become the same device.
 */
export class DeviceMemory {
  readonly deviceId: string;
  readonly #before: ReadonlySet<string>;
  readonly #live: () => string[];
  readonly #save = () => this.#keep();

  constructor(chosen: string | undefined, live: () => string[]) {
    const kept = take();
    this.#live = live;
    const mine = kept && (chosen === undefined || chosen === kept.deviceId) ? kept : undefined;
    this.deviceId = chosen ?? mine?.deviceId ?? randomId();
    this.#before = new Set(mine?.calls);
    globalThis.addEventListener?.('pagehide', this.#save);
  }

  /** The page before this one was in that call, on this device. */
  wasIn(callId: string): boolean {
    return this.#before.has(callId);
  }

  close(): void {
    globalThis.removeEventListener?.('pagehide', this.#save);
    this.#keep();
  }

  #keep(): void {
    const kept: Kept = { deviceId: this.deviceId, calls: this.#live() };
    withStorage((storage) => storage.setItem(KEY, JSON.stringify(kept)));
  }
}

function take(): Kept | undefined {
  return withStorage((storage) => {
    const text = storage.getItem(KEY);
    storage.removeItem(KEY);
    if (text === null) return undefined;
    const value = JSON.parse(text) as Partial<Kept>;
    if (typeof value.deviceId !== 'string' || !Array.isArray(value.calls)) return undefined;
    return { deviceId: value.deviceId, calls: value.calls };
  });
}

/** Storage is a convenience: absent in Node, forbidden in some frames, full at times. */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return typeof sessionStorage === 'undefined' ? undefined : use(sessionStorage);
  } catch {
    return undefined;
  }
}
