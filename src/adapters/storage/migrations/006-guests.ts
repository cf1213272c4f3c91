import type { Migration } from './migration.ts';

/** People without an account: of which meeting each is, and when to look whether they are done. */
export const guests: Migration = {
  version: 6,
  name: 'guests',
  async up(schema) {
    await schema.column('users', 'guest_of', 'int?');
    await schema.column('users', 'guest_until', 'int?');
    await schema.index('users', 'users_guest_until', ['guest_until']);
    await schema.column('meeting_participants', 'guest', 'int?');
  },
};
