import type { Migration } from './migration.ts';

/** What administrators and forgotten passwords need; refresh tokens know the version they were given at. */
export const people: Migration = {
  version: 4,
  name: 'people',
  async up(schema) {
    await schema.column('refresh_tokens', 'token_version', 'int?');
    await schema.change(
      schema.dialect.sql.updateTable('refresh_tokens').set(({ selectFrom }) => ({
        token_version: selectFrom('users')
          .select('users.token_version')
          .whereRef('users.id', '=', 'refresh_tokens.user_id'),
      })),
    );
    await schema.table('reset_tokens', {
      columns: { hash: 'key(64)', user_id: 'int', expires_at: 'int' },
      key: ['hash'],
      indexes: { reset_tokens_user: ['user_id'], reset_tokens_end: ['expires_at'] },
    });
    await schema.table('audit_log', {
      columns: {
        id: 'counted',
        at: 'int',
        action: 'key(64)',
        actor_kind: 'key(16)',
        actor_id: 'int?',
        actor: 'key(64)',
        target_id: 'int',
        target: 'key(64)',
        address: 'key(64)',
        request_id: 'key(64)',
        changes: 'text',
        reason: 'text?',
      },
      key: ['id'],
      indexes: {
        audit_log_at: ['at', 'id'],
        audit_log_action: ['action', 'at'],
        audit_log_actor: ['actor_id', 'at'],
        audit_log_target: ['target_id', 'at'],
      },
    });
    await schema.index('users', 'users_role', ['role', 'status']);
    await schema.index('users', 'users_created', ['created_at', 'id']);
    await schema.index('users', 'users_updated', ['updated_at', 'id']);
  },
};
