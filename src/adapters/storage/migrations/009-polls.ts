import type { Migration } from './migration.ts';

/** Questions to those in a meeting, and their answers. */
export const polls: Migration = {
  version: 9,
  name: 'polls',
  async up(schema) {
    await schema.table('polls', {
      columns: {
        id: 'int',
        meeting_id: 'int',
        creator_id: 'int?',
        question: 'text',
        options: 'text',
        multiple: 'int',
        anonymous: 'int',
        results: 'key(16)',
        status: 'key(16)',
        counts: 'text',
        voters: 'int',
        created_at: 'int',
        opened_at: 'int?',
        closed_at: 'int?',
        told_at: 'int?',
        due_at: 'int?',
      },
      key: ['id'],
      indexes: { polls_of: ['meeting_id', 'id'], polls_due: ['due_at'] },
    });
    await schema.counter('poll');
    await schema.table('poll_votes', {
      columns: { poll_id: 'int', user_id: 'int', options: 'text?' },
      key: ['poll_id', 'user_id'],
      clustered: true,
    });
  },
};
