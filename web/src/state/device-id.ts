const KEY = 'parley.device';

/**
 * A name for this tab that survives a reload. A duplicated tab copies the storage of the first, so
 * the name is held with a lock: a tab that finds it taken takes a new one.
 */
export async function deviceId(): Promise<string> {
  let id: string | null = null;
  try {
    id = sessionStorage.getItem(KEY);
  } catch {
    // Storage is blocked: a new name each time is all there is.
  }
  if (id && (await hold(id))) return id;
  id = newId();
  await hold(id);
  try {
    sessionStorage.setItem(KEY, id);
  } catch {
    // As above.
  }
  return id;
}

function newId(): string {
  // `randomUUID` is absent on insecure pages.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `web-${[...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')}`;
}

/** Takes the lock for as long as the page lives. */
function hold(id: string): Promise<boolean> {
  if (!('locks' in navigator) || !navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(`parley.device.${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => undefined) : undefined;
    });
  });
}
