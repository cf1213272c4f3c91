import type { Case, Rows } from '../row.ts';
import { closed, open, personal } from '../row.ts';

/** For the host, administrators and services. */
const hosts = (ask: Case['ask'], status = 200): Case =>
  closed({ owner: status, other: 403, admin: status, service: status }, ask);
/** For those in it, administrators and services. */
const insiders = (ask: Case['ask']): Case =>
  closed({ owner: 200, other: 403, admin: 200, service: 200, guest: 200 }, ask);
const at =
  (path: string, body?: unknown): Case['ask'] =>
  async ({ meeting }) => ({
    path: path.replace(':id', String(await meeting())),
    ...(body === undefined ? {} : { body }),
  });
const M = '/api/v1/meetings';

/** Contract E, sections 4 to 6 and 8. */
export const meetingRouteRows: Rows = {
  [`POST ${M}`]: [
    closed({ owner: 201, other: 201, admin: 201, service: 201 }, (_, as) => ({
      path: M,
      body: { title: 'Weekly', creator: as.id },
    })),
  ],
  [`GET ${M}`]: [closed({ owner: 200, other: 200, admin: 200, service: 200 }, () => ({ path: M }))],
  [`GET ${M}/:id`]: [
    closed(
      { owner: 200, other: 200, admin: 200, service: 200, guest: 200 },
      at(`${M}/:id`),
      'without a password',
    ),
  ],
  [`PUT ${M}/:id`]: [hosts(at(`${M}/:id`, { title: 'Another' }))],
  [`DELETE ${M}/:id`]: [hosts(at(`${M}/:id`), 409)],
  [`POST ${M}/:id/start`]: [hosts(at(`${M}/:id/start`))],
  [`POST ${M}/:id/end`]: [hosts(at(`${M}/:id/end`))],
  [`POST ${M}/:id/join`]: [personal(at(`${M}/:id/join`), 200, 200)],
  [`POST ${M}/:id/leave`]: [personal(at(`${M}/:id/leave`), 200, 200)],
  [`GET ${M}/:id/participants`]: [insiders(at(`${M}/:id/participants`))],
  [`POST ${M}/:id/participants`]: [
    hosts(async ({ meeting, spare }) => ({
      path: `${M}/${await meeting()}/participants`,
      body: { user_id: spare.id },
    })),
  ],
  [`DELETE ${M}/:id/participants/:user_id`]: [
    hosts(async ({ meeting, friend }) => ({ path: `${M}/${await meeting()}/participants/${friend.id}` })),
  ],
  [`PUT ${M}/:id/participants/:user_id/role`]: [
    hosts(async ({ meeting, friend }) => ({
      path: `${M}/${await meeting()}/participants/${friend.id}/role`,
      body: { role: 'moderator' },
    })),
  ],
  [`GET ${M}/:id/messages`]: [
    // What people write to each other is for those who are there, and for services.
    closed({ owner: 200, other: 403, admin: 403, service: 200, guest: 200 }, at(`${M}/:id/messages`)),
  ],
  [`POST ${M}/:id/messages`]: [
    closed(
      { owner: 200, other: 403, admin: 403, service: 403, guest: 200 },
      at(`${M}/:id/messages`, { content: 'Hello' }),
    ),
  ],
  [`POST ${M}/:id/lock`]: [hosts(at(`${M}/:id/lock`, { locked: true }))],
  [`POST ${M}/:id/mute`]: [hosts(at(`${M}/:id/mute`, {}))],
  [`POST ${M}/:id/invitations`]: [
    hosts(at(`${M}/:id/invitations`, { invitees: ['somebody@example.com'] }), 201),
  ],
  [`GET ${M}/:id/invitations`]: [hosts(at(`${M}/:id/invitations`))],
  [`DELETE ${M}/:id/invitations/:invitation_id`]: [hosts(at(`${M}/:id/invitations/inv_none`), 404)],
  // No time is planned.
  [`GET ${M}/:id/calendar.ics`]: [
    closed({ owner: 409, other: 409, admin: 409, service: 409 }, at(`${M}/:id/calendar.ics`)),
  ],
  [`POST ${M}/:id/hand`]: [
    closed(
      { owner: 200, other: 403, admin: 403, service: 403, guest: 200 },
      at(`${M}/:id/hand`, { raised: true }),
    ),
  ],
  [`POST ${M}/:id/breakouts`]: [
    hosts(at(`${M}/:id/breakouts`, { rooms: [{ name: 'Room 1' }], assign: 'free' }), 201),
  ],
  [`GET ${M}/:id/breakouts`]: [insiders(at(`${M}/:id/breakouts`))],
  [`PUT ${M}/:id/breakouts/participants/:user_id`]: [
    // None are open: whoever may is told so.
    hosts(
      async ({ meeting, friend }) => ({
        path: `${M}/${await meeting()}/breakouts/participants/${friend.id}`,
        body: { room: null },
      }),
      409,
    ),
  ],
  [`POST ${M}/:id/breakouts/message`]: [
    // Administrators speak only where they are.
    closed(
      { owner: 409, other: 403, admin: 403, service: 409 },
      at(`${M}/:id/breakouts/message`, { content: 'Hello' }),
    ),
  ],
  [`DELETE ${M}/:id/breakouts`]: [hosts(at(`${M}/:id/breakouts`))],
  [`POST ${M}/:id/breakouts/help`]: [
    closed({ owner: 409, other: 403, admin: 403, service: 403, guest: 409 }, at(`${M}/:id/breakouts/help`)),
  ],
  'GET /api/v1/my/meetings': [personal(() => ({ path: '/api/v1/my/meetings' }))],
  'GET /api/v1/my/meetings/upcoming': [personal(() => ({ path: '/api/v1/my/meetings/upcoming' }))],
  'GET /api/v1/my/meetings/history': [personal(() => ({ path: '/api/v1/my/meetings/history' }))],
  'GET /api/v1/sessions/:session_id': [
    // Nobody is told that there is no such session, nor of others'.
    closed({ owner: 404, other: 404, admin: 404, service: 404 }, () => ({
      path: '/api/v1/sessions/ses_none',
    })),
  ],
  'GET /api/v1/sessions/room/:meeting_id': [hosts(at('/api/v1/sessions/room/:id'))],
  'GET /api/v1/messages/history/:meeting_id': [
    closed(
      { owner: 200, other: 403, admin: 403, service: 200, guest: 200 },
      at('/api/v1/messages/history/:id'),
    ),
  ],
  'GET /api/v1/stats/overview': [
    closed({ owner: 403, other: 403, admin: 200, service: 200 }, () => ({ path: '/api/v1/stats/overview' })),
  ],
  'GET /api/v1/stats/rooms': [
    closed({ owner: 200, other: 200, admin: 200, service: 200 }, () => ({ path: '/api/v1/stats/rooms' })),
  ],
  'GET /api/v1/webrtc/room/:roomId/peers': [insiders(at('/api/v1/webrtc/room/:id/peers'))],
  'GET /api/v1/webrtc/room/:roomId/stats': [insiders(at('/api/v1/webrtc/room/:id/stats'))],
  'POST /api/v1/webrtc/peer/:peerId/media': [
    hosts(async ({ meeting, server, friend }) => {
      const participant = await server.app.store.read.meetings.participant(await meeting(), friend.id);
      return { path: `/api/v1/webrtc/peer/${participant?.id}/media`, body: { audio: false } };
    }),
  ],
  [`GET ${M}/:id/door`]: [open(at(`${M}/:id/door`))],
  [`POST ${M}/:id/guests`]: [open(at(`${M}/:id/guests`, { nickname: 'Another' }), 201)],
};
