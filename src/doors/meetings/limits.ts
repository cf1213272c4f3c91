import type { Limits } from '../limit.ts';

/** The contract's table of limits, and ours for what we have added: a line for each route. */
export const limits: Limits = {
  'POST /api/v1/auth/register': '5/min',
  'POST /api/v1/auth/login': '5/min',
  'POST /api/v1/auth/refresh': '10/min',
  'POST /api/v1/auth/forgot-password': '3/h',
  'POST /api/v1/auth/reset-password': '5/h',

  'GET /api/v1/users/profile': '100/min',
  'PUT /api/v1/users/profile': '50/min',
  'POST /api/v1/users/change-password': '10/h',
  'POST /api/v1/users/upload-avatar': '10/h',
  'DELETE /api/v1/users/account': ['1/day', 'auth.wrong_password', 'auth.slow_down'],

  'GET /api/v1/admin/users': '50/min',
  'GET /api/v1/admin/users/:id': '100/min',
  'PUT /api/v1/admin/users/:id': '50/min',
  'DELETE /api/v1/admin/users/:id': '20/min',
  'POST /api/v1/admin/users/:id/ban': '20/min',
  'POST /api/v1/admin/users/:id/unban': '20/min',
  'GET /api/v1/admin/audit': '50/min',

  'GET /api/v1/meetings': '100/min',
  'GET /api/v1/meetings/:id': '100/min',
  'GET /api/v1/meetings/:id/participants': '100/min',
  'GET /api/v1/meetings/:id/messages': '100/min',
  'POST /api/v1/meetings/:id/messages': '100/min',
  'POST /api/v1/meetings/:id/join': '100/min',
  'POST /api/v1/meetings/:id/leave': '100/min',
  'POST /api/v1/meetings': '50/min',
  'PUT /api/v1/meetings/:id': '50/min',
  'DELETE /api/v1/meetings/:id': '50/min',
  'POST /api/v1/meetings/:id/start': '50/min',
  'POST /api/v1/meetings/:id/end': '50/min',
  'POST /api/v1/meetings/:id/participants': '50/min',
  'DELETE /api/v1/meetings/:id/participants/:user_id': '50/min',
  'PUT /api/v1/meetings/:id/participants/:user_id/role': '50/min',
  'POST /api/v1/meetings/:id/hand': '50/min',
  'POST /api/v1/meetings/:id/lock': '50/min',
  'POST /api/v1/meetings/:id/mute': '50/min',

  'GET /api/v1/my/meetings': '100/min',
  'GET /api/v1/my/meetings/upcoming': '100/min',
  'GET /api/v1/my/meetings/history': '100/min',

  'GET /api/v1/sessions/:session_id': '100/min',
  'GET /api/v1/sessions/room/:meeting_id': '100/min',
  'GET /api/v1/messages/history/:meeting_id': '100/min',
  'GET /api/v1/stats/overview': '50/min',
  'GET /api/v1/stats/rooms': '50/min',

  'GET /api/v1/webrtc/room/:roomId/peers': '100/min',
  'GET /api/v1/webrtc/room/:roomId/stats': '50/min',
  'POST /api/v1/webrtc/peer/:peerId/media': '50/min',
};
