import { useEffect, useMemo } from 'react';
import { meetingsApi } from '../../../state/guest.ts';
import type { MeetingPlace } from '../../../state/meet-place.ts';
import { Paced } from '../../../state/paced.ts';
import type { BreakoutList } from '../../../state/sdk.ts';
import { type Loaded, Loader } from '../../../state/store.ts';
import { useStore } from '../../use-store.ts';

/** When many change rooms at once the list is not read for each of them. */
const GAP_MS = 1000;

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
    const loads = new Paced(load, GAP_MS);
    loads.ask();
    // Whoever was away has missed what was told.
    const ends = (['rooms', 'joined'] as const).map((event) => home.line?.on(event, loads.ask));
    return () => {
      loads.stop();
      for (const end of ends) end?.();
    };
  }, [home, open]);
  return [value, load];
}
