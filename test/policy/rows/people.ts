import type { Rows } from '../row.ts';
import { closed, personal } from '../row.ts';

/** Part F for people: each has their own, and a service acts through /host. */
export const peopleRows: Rows = {
  'GET /api/v1/people': [personal(() => ({ path: '/api/v1/people?query=own' }))],
  'GET /api/v1/contacts': [personal(() => ({ path: '/api/v1/contacts' }))],
  'POST /api/v1/contacts': [
    personal(({ friend }) => ({ path: '/api/v1/contacts', body: { uid: friend.uid } })),
  ],
  'POST /api/v1/contacts/:uid/accept': [
    closed({ owner: 200, other: 404, admin: 404, service: 403 }, ({ suitor }) => ({
      path: `/api/v1/contacts/${suitor.uid}/accept`,
    })),
  ],
  'POST /api/v1/contacts/:uid/decline': [
    personal(({ suitor }) => ({ path: `/api/v1/contacts/${suitor.uid}/decline` })),
  ],
  'POST /api/v1/contacts/:uid/block': [
    personal(({ suitor }) => ({ path: `/api/v1/contacts/${suitor.uid}/block` })),
  ],
  'DELETE /api/v1/contacts/:uid': [personal(({ friend }) => ({ path: `/api/v1/contacts/${friend.uid}` }))],
  'GET /api/v1/groups': [personal(() => ({ path: '/api/v1/groups' }))],
  'POST /api/v1/groups': [
    personal(() => ({ path: '/api/v1/groups', body: { name: 'Own' } }), 201),
    {
      ...closed({ owner: 201, other: 403, admin: 403, service: 403 }, ({ friend }) => ({
        path: '/api/v1/groups',
        body: { name: 'Own', members: [friend.uid] },
      })),
      name: 'with somebody: contacts only',
    },
  ],
  'PUT /api/v1/groups/:group_id/members/:uid': [
    closed({ owner: 200, other: 403, admin: 403, service: 403 }, ({ groupId, spare }) => ({
      path: `/api/v1/groups/${groupId}/members/${spare.uid}`,
    })),
    {
      ...closed({ owner: 200, other: 403, admin: 403, service: 403 }, ({ groupId }, as) => ({
        path: `/api/v1/groups/${groupId}/members/${as.uid}`,
      })),
      name: 'bringing oneself in',
    },
  ],
  'DELETE /api/v1/groups/:group_id/members/:uid': [
    closed({ owner: 200, other: 403, admin: 403, service: 403 }, ({ groupId, friend }) => ({
      path: `/api/v1/groups/${groupId}/members/${friend.uid}`,
    })),
  ],
  'GET /api/v1/me/devices': [personal(() => ({ path: '/api/v1/me/devices' }))],
  'DELETE /api/v1/me/devices/:id': [
    closed({ owner: 200, other: 404, admin: 404, service: 403 }, () => ({
      path: '/api/v1/me/devices/phone',
    })),
  ],
};
