import type { Migration } from './migration.ts';

/** Who was asked to which meeting, and the letters that wait to be sent. */
export const invitations: Migration = {
  version: 7,
  name: 'invitations',
  async up(schema) {
    await schema.table('mails', {
      columns: {
        id: 'key(64)',
        sealed: 'text',
        created_at: 'int',
        next_at: 'int',
        until_at: 'int',
        tries: 'int',
      },
      key: ['id'],
      indexes: { mails_next: ['next_at'] },
    });
    await schema.table('invitations', {
      columns: {
        id: 'key(64)',
        meeting_id: 'int',
        user_id: 'int?',
        email: 'key(320)?',
        by_id: 'int?',
        at: 'int',
        sequence: 'int',
        state: 'key(16)',
      },
      key: ['id'],
      unique: {
        invitations_user: ['meeting_id', 'user_id'],
        invitations_email: ['meeting_id', 'email'],
      },
      indexes: {
        invitations_meeting: ['meeting_id', 'state', 'id'],
        invitations_of_user: ['user_id'],
        invitations_of_email: ['email'],
      },
    });
  },
};
