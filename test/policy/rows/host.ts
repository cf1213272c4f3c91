import type { Rows } from '../row.ts';
import { hostOnly } from '../row.ts';

const base = '/api/v1/host';

/** Part F for host applications: a service, and nobody else. */
export const hostRows: Rows = {
  [`PUT ${base}/users/:uid`]: [
    hostOnly(({ owner }) => ({
      path: `${base}/users/${owner.uid}`,
      body: { role: 'admin', display_name: 'X' },
    })),
  ],
  [`GET ${base}/users/:uid`]: [hostOnly(({ owner }) => ({ path: `${base}/users/${owner.uid}` }))],
  [`GET ${base}/users`]: [hostOnly(() => ({ path: `${base}/users` }))],
  [`DELETE ${base}/users/:uid`]: [hostOnly(({ owner }) => ({ path: `${base}/users/${owner.uid}` }))],
  [`PUT ${base}/contacts/:uid/:other`]: [
    hostOnly(({ owner, other }) => ({ path: `${base}/contacts/${owner.uid}/${other.uid}` })),
  ],
  [`DELETE ${base}/contacts/:uid/:other`]: [
    hostOnly(({ owner, friend }) => ({ path: `${base}/contacts/${owner.uid}/${friend.uid}` })),
  ],
  [`GET ${base}/contacts/:uid`]: [hostOnly(({ owner }) => ({ path: `${base}/contacts/${owner.uid}` }))],
  [`PUT ${base}/groups/:group_id`]: [
    hostOnly(({ groupId, other }) => ({
      path: `${base}/groups/${groupId}`,
      body: { name: 'Taken', members: [other.uid] },
    })),
  ],
  [`GET ${base}/groups/:group_id`]: [hostOnly(({ groupId }) => ({ path: `${base}/groups/${groupId}` }))],
  [`DELETE ${base}/groups/:group_id`]: [hostOnly(({ groupId }) => ({ path: `${base}/groups/${groupId}` }))],
  [`PUT ${base}/groups/:group_id/members/:uid`]: [
    hostOnly(({ groupId, other }) => ({ path: `${base}/groups/${groupId}/members/${other.uid}` })),
  ],
  [`DELETE ${base}/groups/:group_id/members/:uid`]: [
    hostOnly(({ groupId, friend }) => ({ path: `${base}/groups/${groupId}/members/${friend.uid}` })),
  ],
  [`POST ${base}/tokens`]: [hostOnly(({ owner }) => ({ path: `${base}/tokens`, body: { uid: owner.uid } }))],
  [`GET ${base}/events`]: [hostOnly(() => ({ path: `${base}/events?subject=*` }))],
  [`GET ${base}/webhooks`]: [hostOnly(() => ({ path: `${base}/webhooks` }))],
  [`POST ${base}/webhooks`]: [
    hostOnly(
      () => ({
        path: `${base}/webhooks`,
        body: { url: 'https://host.example/', secret: 'a secret of the host', events: ['nothing.*'] },
      }),
      201,
    ),
  ],
  [`GET ${base}/webhooks/:id`]: [hostOnly(({ webhookId }) => ({ path: `${base}/webhooks/${webhookId}` }))],
  [`DELETE ${base}/webhooks/:id`]: [hostOnly(({ webhookId }) => ({ path: `${base}/webhooks/${webhookId}` }))],
  [`POST ${base}/webhooks/:id/replay`]: [
    hostOnly(({ webhookId }) => ({ path: `${base}/webhooks/${webhookId}/replay`, body: { after: 0 } })),
  ],
  [`GET ${base}/webhooks/:id/dead`]: [
    hostOnly(({ webhookId }) => ({ path: `${base}/webhooks/${webhookId}/dead` })),
  ],
};
