/** Browser storage may be full, blocked or hold something else: it then counts as empty. */
export function readStored(key: string): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A private window without storage: the app works, it only forgets.
  }
}

/** Runs `task` alone among the tabs of this browser where locks exist (not on insecure pages). */
export async function alone<T>(name: string, task: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator) || !navigator.locks) return task();
  return navigator.locks.request(name, task);
}
