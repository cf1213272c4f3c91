import type { Case, Rows } from '../row.ts';
import { closed, owned } from '../row.ts';
import type { Scene } from '../scene.ts';

const base = '/api/v1/rtc';
type State = 'outgoing' | 'incoming' | 'connected';

/** A command on a call: in the owner's name, and in one's own, which the call's people alone can give. */
function command(path: string, state: State, more: Record<string, unknown> = {}, who = 'userId'): Case[] {
  const ask = async (scene: Scene, uid: string) => ({
    path: `${base}${path}`,
    body: { callId: (await scene[state]()).id, [who]: uid, ...more },
  });
  return [
    owned((scene) => ask(scene, scene.owner.uid)),
    closed(
      { owner: 200, other: 403, admin: 403, service: 200 },
      (scene, as) => ask(scene, as.uid),
      'in their own name',
    ),
  ];
}

/** Contract B. */
export const groupCallsRows: Rows = {
  [`POST ${base}/call`]: [
    owned(({ owner, friend }) => ({
      path: `${base}/call`,
      body: { callerId: owner.uid, calleeIds: [friend.uid], type: 'audio' },
    })),
    closed(
      { owner: 200, other: 403, admin: 403, service: 200 },
      ({ friend }, as) => ({
        path: `${base}/call`,
        body: { callerId: as.uid, calleeIds: [friend.uid], type: 'video' },
      }),
      'in their own name: contacts only',
    ),
    closed(
      { owner: 403, other: 403, admin: 403, service: 200 },
      ({ suitor }, as) => ({
        path: `${base}/call`,
        body: { callerId: as.uid, calleeIds: [suitor.uid], type: 'video' },
      }),
      'to somebody who is no contact (yet)',
    ),
  ],
  [`POST ${base}/answer`]: command('/answer', 'incoming'),
  [`POST ${base}/reject`]: command('/reject', 'incoming', { reason: 'declined' }),
  [`POST ${base}/cancel`]: command('/cancel', 'outgoing'),
  [`POST ${base}/hangup`]: command('/hangup', 'connected'),
  [`POST ${base}/leave`]: command('/leave', 'connected'),
  [`POST ${base}/join`]: command('/join', 'incoming'),
  [`PUT ${base}/mute`]: command('/mute', 'connected', { muted: true }),
  [`PUT ${base}/video`]: command('/video', 'connected', { enabled: true }),
  [`PUT ${base}/device`]: command('/device', 'connected', { deviceType: 'audioinput', deviceId: 'mic' }),
  [`POST ${base}/invite`]: [
    owned(async ({ owner, spare, connected }) => ({
      path: `${base}/invite`,
      body: { callId: (await connected()).id, inviterId: owner.uid, inviteeIds: [spare.uid] },
    })),
    closed(
      { owner: 200, other: 403, admin: 403, service: 200 },
      async ({ spare, connected }, as) => ({
        path: `${base}/invite`,
        body: { callId: (await connected()).id, inviterId: as.uid, inviteeIds: [spare.uid] },
      }),
      'in their own name',
    ),
  ],
  [`POST ${base}/signal`]: [
    owned(async ({ owner, friend, connected }) => signal((await connected()).id, owner.uid, friend.uid)),
    closed(
      { owner: 200, other: 403, admin: 403, service: 200 },
      async ({ friend, connected }, as) => signal((await connected()).id, as.uid, friend.uid),
      'in their own name',
    ),
    closed(
      { owner: 403, other: 403, admin: 403, service: 403 },
      async ({ owner, spare, connected }) => signal((await connected()).id, owner.uid, spare.uid),
      'to somebody who is not in the call',
    ),
  ],
  [`GET ${base}/call/:id`]: [
    owned(async ({ connected }) => ({ path: `${base}/call/${(await connected()).id}` })),
  ],
  [`GET ${base}/calls/:userId`]: [owned(({ owner }) => ({ path: `${base}/calls/${owner.uid}` }))],
  [`GET ${base}/active/:userId`]: [owned(({ owner }) => ({ path: `${base}/active/${owner.uid}` }))],
  [`GET ${base}/stats/:callId`]: [
    owned(async ({ owner, connected }) => ({
      path: `${base}/stats/${(await connected()).id}?userId=${owner.uid}`,
    })),
  ],
  [`POST ${base}/stats/:callId`]: [
    owned(async ({ owner, connected }) => ({
      path: `${base}/stats/${(await connected()).id}?userId=${owner.uid}`,
      body: { stats: { audio: { bytesSent: 2 } } },
    })),
  ],
};

function signal(callId: string, fromUserId: string, toUserId: string) {
  const candidate = { type: 'candidate', candidate: { candidate: 'candidate:1', sdpMid: '0' } };
  return { path: `${base}/signal`, body: { callId, fromUserId, toUserId, signal: candidate } };
}
