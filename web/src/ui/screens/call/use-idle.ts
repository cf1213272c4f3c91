import { type RefObject, useEffect, useState } from 'react';

/** The bar goes after this long without a move. */
const IDLE_MS = 5000;

/** True when nobody has moved for a while; never while the keyboard's focus or a menu is in use. */
export function useIdle(root: RefObject<HTMLElement | null>, on: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const element = root.current;
    if (!on || !element) return;
    let timer: ReturnType<typeof setTimeout>;
    const check = () => {
      const inUse =
        element.querySelector('header :focus-visible, footer :focus-visible, [aria-expanded="true"]') !==
        null;
      if (inUse) wake();
      else setIdle(true);
    };
    const wake = () => {
      clearTimeout(timer);
      setIdle(false);
      timer = setTimeout(check, IDLE_MS);
    };
    const events = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
    for (const event of events) window.addEventListener(event, wake);
    wake();
    return () => {
      clearTimeout(timer);
      setIdle(false);
      for (const event of events) window.removeEventListener(event, wake);
    };
  }, [root, on]);
  return idle;
}
