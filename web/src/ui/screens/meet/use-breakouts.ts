import { useEffect } from 'react';
import { clock } from '../../../i18n/format.ts';
import { say } from '../../../state/announcer.ts';
import { backToMain, declined, goToRoom, helpWanted } from '../../../state/breakouts.ts';
import { type MeetingPlace, runs } from '../../../state/meet-place.ts';
import { prefs } from '../../../state/prefs.ts';
import type { BreakoutName, Breakouts } from '../../../state/sdk.ts';
import { toast } from '../../../state/toasts.ts';
import { playOnce } from '../../../state/tones.ts';
import { useStore } from '../../use-store.ts';

/** Breakout rooms as they stand for this person, whether in one or in the meeting itself. */
export interface BreakoutsNow {
  home: MeetingPlace;
  round: Breakouts | null;
  /** Runs the meeting. */
  steers: boolean;
  /** The room one is in. */
  here: number | undefined;
  /** The room one is asked to, and has not gone to. */
  asked: BreakoutName | undefined;
}

export function useBreakouts(place: MeetingPlace): BreakoutsNow {
  const home = place.home ?? place;
  const here = place.home && place.id;
  const view = useStore(home.view);
  const stays = useStore(declined);
  const round = view?.breakouts ?? null;
  const steers = runs(view?.role);
  const own = steers ? null : (round?.room ?? null);
  const asked = here === undefined && own && !round?.closing && own.id !== stays ? own : undefined;
  return { home, round, steers, here, asked };
}

/** Goes where one has been placed while in a room, and back when the rooms are over; tells who wants help. */
export function useBreakoutWay({ home, round, steers, here }: BreakoutsNow): void {
  const open = round !== null;
  const own = round?.room ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another value of the same room is no other way.
  useEffect(() => {
    if (!open && declined.get() !== undefined) {
      declined.set(undefined);
      helpWanted.set([]);
      toast('info', 'breakout.isOver');
    }
    if (here === undefined) return;
    if (!open || (!steers && !own)) void backToMain(home);
    else if (!steers && own && own.id !== here) {
      toast('info', 'breakout.movedTo', { room: own.name });
      void goToRoom(home, own);
    }
  }, [open, own?.id, here, steers, home]);
  const closing = round?.closing === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when it begins.
  useEffect(() => {
    if (!closing || !round?.closesAt) return;
    say('breakout.closing', { time: clock(Math.max(0, round.closesAt.getTime() - Date.now()) / 1000) });
  }, [closing]);
  useEffect(
    () =>
      home.line?.on('help', ({ name }, room) => {
        playOnce('knock', prefs.get().audiooutput);
        say('breakout.wantsHelp', { name, room: room.name });
        helpWanted.update((all) => [...all.filter((one) => one.room.id !== room.id), { name, room }]);
      }),
    [home],
  );
}
