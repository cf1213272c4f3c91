import { useEffect, useMemo } from 'react';
import { meetingsApi } from '../../../state/guest.ts';
import type { MeetingPlace } from '../../../state/meet-place.ts';
import type { BreakoutList } from '../../../state/sdk.ts';
import { type Loaded, Loader } from '../../../state/store.ts';
import { useStore } from '../../use-store.ts';

/** Nobody is told who comes into a room and leaves it: the list is looked at this often. */
const LOOK_MS = 4000;

/** Who is where in the breakout rooms of a meeting, as long as `open`. */
export function useBreakoutList(home: MeetingPlace, open = true): [Loaded<BreakoutList>, () => void] {
  const loader = useMemo(() => new Loader<BreakoutList>(), []);
  const value = useStore(loader);
  const load = () => void loader.load(() => meetingsApi().breakouts.get(home.id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: one loader for as long as it is looked at.
  useEffect(() => {
    if (!open) {
      loader.reset();
      return;
    }
    load();
    const timer = setInterval(load, LOOK_MS);
    const end = home.line?.on('moved', load);
    return () => {
      clearInterval(timer);
      end?.();
    };
  }, [home, open]);
  return [value, load];
}
