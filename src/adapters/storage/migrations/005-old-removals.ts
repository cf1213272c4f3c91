import type { Migration } from './migration.ts';

/** Removals of long ago are found, to be forgotten. */
export const oldRemovals: Migration = {
  version: 5,
  name: 'old removals',
  up: (schema) => schema.index('media_removals', 'media_removals_at', ['at']),
};
