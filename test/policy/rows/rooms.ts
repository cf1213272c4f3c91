import type { Rows } from '../row.ts';
import { closed, open, owned } from '../row.ts';
import type { Scene } from '../scene.ts';

const everybody = { owner: 200, other: 200, admin: 200, service: 200 };

/** The scene's room: the owner has made it, the friend is asked in, members may invite. */
function rowsBelow(base: string): Rows {
  const at = async ({ room }: Scene, rest = '') => ({ path: `${base}/rooms/${await room()}${rest}` });
  const part = async (scene: Scene, uid: string, status: number) => ({
    ...(await at(scene, `/participants/${uid}/status`)),
    body: { status },
  });
  return {
    [`POST ${base}/rooms`]: [
      owned(({ owner, friend }) => ({
        path: `${base}/rooms`,
        body: { creator: owner.uid, uids: [friend.uid] },
      })),
      closed(everybody, (_, as) => ({ path: `${base}/rooms`, body: { creator: as.uid } }), 'of their own'),
      closed(
        { owner: 200, other: 403, admin: 403, service: 200 },
        ({ friend }, as) => ({ path: `${base}/rooms`, body: { creator: as.uid, uids: [friend.uid] } }),
        'of their own: with contacts only',
      ),
    ],
    [`GET ${base}/rooms`]: [closed(everybody, () => ({ path: `${base}/rooms` }))],
    [`GET ${base}/rooms/:room_name`]: [owned((scene) => at(scene))],
    [`PUT ${base}/rooms/:room_name/status`]: [
      owned(async (scene) => ({ ...(await at(scene, '/status')), body: { status: 1 } })),
    ],
    [`POST ${base}/rooms/:room_name/end`]: [owned((scene) => at(scene, '/end'))],
    [`GET ${base}/rooms/:room_name/participants`]: [owned((scene) => at(scene, '/participants'))],
    [`POST ${base}/rooms/:room_name/invite`]: [
      owned(async (scene) => ({ ...(await at(scene, '/invite')), body: { uids: [scene.spare.uid] } })),
      closed(
        { owner: 403, other: 403, admin: 403, service: 200 },
        async (scene) => ({ ...(await at(scene, '/invite')), body: { uids: [scene.suitor.uid] } }),
        'somebody who is no contact (yet)',
      ),
    ],
    [`PUT ${base}/rooms/:room_name/participants/:uid/status`]: [
      owned((scene) => part(scene, scene.friend.uid, 3), 'removal'),
      closed(
        { owner: 200, other: 404, admin: 404, service: 200 },
        (scene, as) => part(scene, as.uid, 1),
        'in their own name: members only',
      ),
    ],
    [`POST ${base}/participants/join`]: [
      owned(async ({ room, owner }) => ({
        path: `${base}/participants/join`,
        body: { room_name: await room(), uid: owner.uid },
      })),
      closed(
        everybody,
        async ({ room }, as) => ({
          path: `${base}/participants/join`,
          body: { room_name: await room(), uid: as.uid },
        }),
        'in their own name: whoever knows the room',
      ),
    ],
    [`POST ${base}/participants/leave`]: [
      owned(async ({ room, owner }) => ({
        path: `${base}/participants/leave`,
        body: { room_name: await room(), uid: owner.uid },
      })),
    ],
    [`POST ${base}/participants/calling`]: [
      closed({ owner: 200, other: 403, admin: 403, service: 200 }, ({ friend }) => ({
        path: `${base}/participants/calling`,
        body: { uids: [friend.uid] },
      })),
    ],
    // Its access is LiveKit's signature; without a cluster there is no such thing.
    [`POST ${base}/webhooks/livekit`]: [
      open(() => ({ path: `${base}/webhooks/livekit`, body: { event: 'room_started' } }), 404),
    ],
  };
}

/** Contract D. */
export const roomsRows: Rows = { ...rowsBelow('/api'), ...rowsBelow('/api/v1') };
