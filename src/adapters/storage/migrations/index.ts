import { foundation } from './001-foundation.ts';
import { rooms } from './002-rooms.ts';
import { meetings } from './003-meetings.ts';
import { people } from './004-people.ts';
import { oldRemovals } from './005-old-removals.ts';
import { guests } from './006-guests.ts';
import { invitations } from './007-invitations.ts';
import { series } from './008-series.ts';
import { polls } from './009-polls.ts';
import { breakouts } from './010-breakouts.ts';
import type { Migration } from './migration.ts';

/** In order, by hand: what is not listed does not run. */
export const migrations: readonly Migration[] = [
  foundation,
  rooms,
  meetings,
  people,
  oldRemovals,
  guests,
  invitations,
  series,
  polls,
  breakouts,
];
