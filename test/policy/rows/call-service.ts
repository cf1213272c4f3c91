import type { Rows } from '../row.ts';
import { closed, owned } from '../row.ts';

const base = '/api/v1/rtc';

/** Contract A. */
export const callServiceRows: Rows = {
  [`POST ${base}/call/initiate`]: [
    owned(({ owner, friend }) => ({
      path: `${base}/call/initiate`,
      body: { callerId: owner.id, calleeId: friend.id, callType: 'AUDIO' },
    })),
    closed(
      { owner: 200, other: 403, admin: 403, service: 200 },
      ({ friend }, as) => ({
        path: `${base}/call/initiate`,
        body: { callerId: as.id, calleeId: friend.id, callType: 'AUDIO' },
      }),
      'in their own name: contacts only',
    ),
  ],
  [`POST ${base}/call/answer`]: [
    owned(async ({ owner, incoming }) => ({
      path: `${base}/call/answer`,
      body: { callId: (await incoming()).id, userId: owner.id },
    })),
  ],
  [`POST ${base}/call/hangup`]: [
    owned(async ({ owner, connected }) => ({
      path: `${base}/call/hangup`,
      body: { callId: (await connected()).id, userId: owner.id },
    })),
  ],
  [`POST ${base}/call/reject`]: [
    owned(async ({ owner, incoming }) => ({
      path: `${base}/call/reject`,
      body: { callId: (await incoming()).id, userId: owner.id, reason: 'DECLINED' },
    })),
  ],
  [`GET ${base}/call/history`]: [owned(({ owner }) => ({ path: `${base}/call/history?userId=${owner.id}` }))],
  [`GET ${base}/config/webrtc`]: [
    {
      ask: () => ({ path: `${base}/config/webrtc` }),
      expect: {
        nobody: 200,
        owner: 200,
        other: 200,
        admin: 200,
        service: 200,
        // A token that is brought must be good, for the credentials are somebody's own.
        expired: 401,
        'wrong signature': 401,
        'alg none': 401,
        media: 403,
        guest: 403,
      },
    },
  ],
};
