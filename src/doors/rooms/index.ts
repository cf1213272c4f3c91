import type { Door } from '../route.ts';
import { calling } from './calling.ts';
import { createRoom } from './create-room.ts';
import { endRoom } from './end-room.ts';
import { error } from './errors.ts';
import { getRoom } from './get-room.ts';
import { invite } from './invite.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { listParticipants } from './list-participants.ts';
import { listRooms } from './list-rooms.ts';
import { livekitWebhook } from './livekit-webhook.ts';
import { Failure } from './schema.ts';
import { setParticipantStatus } from './set-participant-status.ts';
import { setRoomStatus } from './set-room-status.ts';

const documented = [
  createRoom,
  getRoom,
  listRooms,
  setRoomStatus,
  endRoom,
  join,
  leave,
  calling,
  listParticipants,
  invite,
  setParticipantStatus,
  livekitWebhook,
];

/** Later releases of the product have a version in the path. */
const versioned = (path: string) => path.replace(/^\/api\//, '/api/v1/');

const prefixes = ['/api/rooms', '/api/participants', '/api/webhooks/livekit'];

/** Contract D: rooms and participants for a host application's backend. */
export const rooms: Door = {
  name: 'rooms',
  description: 'Rooms with media and who is in them, for a host application’s backend (contract D).',
  routes: documented.flatMap((one) => [one, { ...one, url: versioned(one.url) }]),
  prefixes: prefixes.flatMap((prefix) => [prefix, versioned(prefix)]),
  errorSchema: Failure,
  error,
};
