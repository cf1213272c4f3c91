import type { Migration } from './migration.ts';

/** Meetings that recur: what their occurrences are made by. Of a series there is one for each day. */
export const series: Migration = {
  version: 8,
  name: 'series',
  async up(schema) {
    await schema.table('meeting_series', {
      columns: {
        id: 'int',
        creator_id: 'int',
        rule: 'text',
        timezone: 'key(64)',
        start: 'key(19)',
        exdates: 'text',
        duration_ms: 'int',
        title: 'text',
        description: 'text',
        max_participants: 'int',
        type: 'key(16)',
        settings: 'text',
        has_password: 'int',
        password_hash: 'text?',
        state: 'key(16)',
        made_until: 'int',
        look_at: 'int?',
        created_at: 'int',
        updated_at: 'int',
        version: 'int',
      },
      key: ['id'],
      indexes: { meeting_series_creator: ['creator_id', 'id'], meeting_series_look: ['look_at'] },
    });
    await schema.counter('meeting_series');
    await schema.column('meetings', 'series_id', 'int?');
    await schema.column('meetings', 'occurrence_day', 'key(10)?');
    await schema.index('meetings', 'meetings_series', ['series_id', 'occurrence_day'], true);
  },
};
