import { useEffect, useState } from 'react';

/** A dip is not worth an eye; and what has just become better may get worse again. */
const AFTER_MS = 3000;
const UNTIL_MS = 5000;

/** Whether a connection is bad, calmly: after three seconds of it, and until five seconds without. */
export function usePoor(bad: boolean): boolean {
  const [poor, setPoor] = useState(false);
  useEffect(() => {
    if (bad === poor) return;
    const timer = setTimeout(() => setPoor(bad), bad ? AFTER_MS : UNTIL_MS);
    return () => clearTimeout(timer);
  }, [bad, poor]);
  return poor;
}
