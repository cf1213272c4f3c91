import type { Migration } from './migration.ts';

/** Breakout rooms: meetings of a meeting, which no list has. */
export const breakouts: Migration = {
  version: 10,
  name: 'breakouts',
  async up(schema) {
    await schema.column('meetings', 'parent_id', 'int?');
    await schema.column('meetings', 'round', 'text?');
    await schema.index('meetings', 'meetings_breakouts', ['ongoing', 'parent_id', 'id']);
    await schema.column('meeting_participants', 'placed_for', 'int?');
    await schema.index('meeting_participants', 'meeting_participants_placed', ['placed_for', 'meeting_id']);
  },
};
