import type { Migration } from './migration.ts';

/** People and how they stand; devices, calls, the event log and its webhooks. */
export const foundation: Migration = {
  version: 1,
  name: 'foundation',
  async up(schema) {
    await people(schema);
    await calls(schema);
    await log(schema);
    await schema.counter('user');
    await schema.counter('position');
  },
};

type Schema = Parameters<Migration['up']>[0];

async function people(schema: Schema): Promise<void> {
  await schema.table('users', {
    columns: {
      id: 'int',
      uid: 'key(64)',
      username: 'key(255)?',
      email: 'key(320)?',
      display_name: 'text',
      avatar_url: 'text?',
      role: 'key(16)',
      status: 'key(16)',
      token_version: 'int',
      password_hash: 'text?',
      uid_key: 'key(64)',
      username_key: 'key(64)?',
      name_key: 'key(64)',
      created_at: 'int',
      updated_at: 'int',
    },
    key: ['id'],
    unique: { users_uid: ['uid'], users_username: ['username'], users_email: ['email'] },
    indexes: {
      users_search_uid: ['uid_key'],
      users_search_username: ['username_key'],
      users_search_name: ['name_key'],
    },
  });
  await schema.table('refresh_tokens', {
    columns: { hash: 'key(64)', user_id: 'int', family: 'key(64)', spent_at: 'int?', expires_at: 'int' },
    key: ['hash'],
    indexes: { refresh_tokens_family: ['family'], refresh_tokens_user: ['user_id'] },
  });
  await schema.table('counters', {
    columns: { name: 'key(64)', value: 'int' },
    key: ['name'],
    clustered: true,
  });
  await schema.table('contacts', {
    columns: { low_id: 'int', high_id: 'int', state: 'key(16)', by_id: 'int', at: 'int' },
    key: ['low_id', 'high_id'],
    clustered: true,
    indexes: { contacts_high: ['high_id', 'low_id'] },
  });
  await schema.table('groups', {
    columns: { id: 'key(191)', name: 'text', owner_id: 'int?', created_at: 'int' },
    key: ['id'],
  });
  await schema.table('group_members', {
    columns: { group_id: 'key(191)', user_id: 'int' },
    key: ['group_id', 'user_id'],
    clustered: true,
    indexes: { group_members_user: ['user_id', 'group_id'] },
  });
  await schema.table('devices', {
    columns: {
      id: 'key(191)',
      user_id: 'int',
      node_id: 'key(64)',
      jti: 'text?',
      user_agent: 'text',
      connected_at: 'int',
    },
    key: ['node_id', 'user_id', 'id'],
    indexes: { devices_user: ['user_id'] },
  });
  await schema.table('leases', {
    columns: { name: 'key(64)', holder: 'key(64)', until: 'int' },
    key: ['name'],
    clustered: true,
  });
}

async function calls(schema: Schema): Promise<void> {
  await schema.table('calls', {
    columns: {
      id: 'key(64)',
      kind: 'key(16)',
      caller_uid: 'key(64)',
      group_id: 'key(191)?',
      state: 'key(16)',
      media: 'key(16)',
      is_group: 'int',
      created_at: 'int',
      connected_at: 'int?',
      ended_at: 'int?',
      end_reason: 'text?',
      version: 'int',
      offer: 'text?',
    },
    key: ['id'],
  });
  await schema.table('legs', {
    columns: {
      call_id: 'key(64)',
      user_id: 'int',
      uid: 'key(64)',
      place: 'int',
      state: 'key(16)',
      invited_by: 'key(64)?',
      device: 'text?',
      bound: 'int',
      muted: 'int',
      video_on: 'int',
      deadline_at: 'int?',
      lost_at: 'int?',
      joined_at: 'int?',
      left_at: 'int?',
      reason: 'text?',
      created_at: 'int',
    },
    key: ['call_id', 'user_id'],
    clustered: true,
    indexes: { legs_history: ['user_id', 'created_at', 'call_id'], legs_due: ['deadline_at'] },
  });
  await schema.table('engagements', {
    columns: { user_id: 'int', ref: 'key(191)' },
    key: ['user_id'],
    clustered: true,
  });
  await schema.table('call_stats', {
    columns: { call_id: 'key(64)', user_id: 'int', stats: 'text', at: 'int' },
    key: ['call_id', 'user_id'],
  });
}

async function log(schema: Schema): Promise<void> {
  await schema.table('subjects', {
    columns: { subject: 'key(191)', seq: 'int' },
    key: ['subject'],
    clustered: true,
  });
  await schema.table('events', {
    columns: {
      id: 'counted',
      subject: 'key(191)',
      seq: 'int',
      type: 'key(64)',
      at: 'int',
      data: 'text',
      position: 'int?',
    },
    key: ['id'],
    unique: { events_seq: ['subject', 'seq'], events_position: ['position'] },
    // What waits for its position is found in the order it came.
    indexes: schema.dialect.indexesEndInKey ? {} : { events_waiting: ['position', 'id'] },
  });
  await schema.table('webhooks', {
    columns: {
      id: 'key(64)',
      url: 'text',
      secret: 'text',
      events: 'text',
      cursor: 'int',
      attempts: 'int',
      next_at: 'int',
      failing_since: 'int?',
      created_at: 'int',
    },
    key: ['id'],
  });
  await schema.table('webhook_dead', {
    columns: {
      webhook_id: 'key(64)',
      position: 'int',
      subject: 'key(191)',
      seq: 'int',
      type: 'key(64)',
      error: 'text',
      at: 'int',
    },
    key: ['webhook_id', 'position'],
  });
}
