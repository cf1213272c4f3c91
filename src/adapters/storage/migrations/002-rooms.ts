import type { Migration } from './migration.ts';

/** Rooms with media, who is in them, and who was removed. */
export const rooms: Migration = {
  version: 2,
  name: 'rooms',
  async up(schema) {
    await schema.table('rooms', {
      columns: {
        id: 'counted',
        room_name: 'key(191)',
        channel_id: 'text?',
        channel_type: 'int?',
        creator_id: 'int',
        creator_uid: 'key(64)',
        call_type: 'int',
        invite_on: 'int',
        status: 'int',
        max_members: 'int',
        created_at: 'int',
        updated_at: 'int',
        started_at: 'int?',
        ended_at: 'int?',
        empty_at: 'int?',
        version: 'int',
        due_at: 'int?',
        live_key: 'key(191)?',
      },
      key: ['id'],
      unique: { rooms_room_name: ['room_name'], rooms_live_key: ['live_key'] },
      indexes: { rooms_status: ['status'], rooms_due: ['due_at'] },
    });
    await schema.table('room_members', {
      columns: {
        id: 'counted',
        room_id: 'int',
        user_id: 'int',
        uid: 'key(64)',
        status: 'int',
        device_type: 'text',
        join_time: 'int?',
        leave_time: 'int?',
        deadline_at: 'int?',
        media_sid: 'text?',
        in_media: 'int',
        removed_at: 'int?',
        created_at: 'int',
        updated_at: 'int',
      },
      key: ['id'],
      unique: { room_members_person: ['room_id', 'user_id'] },
      indexes: { room_members_user: ['user_id', 'room_id'] },
    });
    await schema.table('media_removals', {
      columns: { room: 'key(255)', identity: 'key(255)', at: 'int' },
      key: ['room', 'identity'],
      clustered: true,
    });
  },
};
