import { askForHelp } from './ask-for-help.ts';
import { closeBreakouts } from './close-breakouts.ts';
import { getBreakouts } from './get-breakouts.ts';
import { moveToBreakout } from './move-to-breakout.ts';
import { openBreakouts } from './open-breakouts.ts';
import { tellBreakouts } from './tell-breakouts.ts';

/** Breakout rooms, which contract E does not have. */
export const breakoutRoutes = [
  openBreakouts,
  getBreakouts,
  moveToBreakout,
  tellBreakouts,
  closeBreakouts,
  askForHelp,
];
