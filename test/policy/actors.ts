import { sign } from '../support/server.ts';
import type { Scene } from './scene.ts';

/** Who tries each route. The owner is whose call, contacts, group and account the scene is about. */
export const ACTORS = [
  'nobody',
  'expired',
  'wrong signature',
  'alg none',
  'media',
  'guest',
  'other',
  'admin',
  'service',
  'owner',
] as const;
export type Actor = (typeof ACTORS)[number];

/** Whose tokens say who they are, so that a route can tell them apart; a guest is told apart everywhere. */
export type Known = 'owner' | 'other' | 'admin' | 'service';

const nowS = () => Math.floor(Date.now() / 1000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The token somebody comes with; the bad ones all say that they are the owner's. */
export function tokenOf(scene: Scene, actor: Actor): Promise<string | undefined> | string | undefined {
  const owner = { sub: scene.owner.uid };
  switch (actor) {
    case 'nobody':
      return undefined;
    case 'expired':
      return sign({ ...owner, iat: nowS() - 7200, exp: nowS() - 3600 });
    case 'wrong signature':
      return sign(owner, 'somebody else’s secret of 32 characters');
    case 'alg none': {
      const claims = { iss: 'testkey', ...owner, exp: nowS() + 3600, scope: 'service' };
      return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
    }
    case 'media':
      return sign({ ...owner, video: { roomJoin: true, room: 'any' } });
    case 'guest':
      return scene.guest();
    case 'service':
      return scene.server.service;
    default:
      return scene[actor].token;
  }
}
