import type { Actor, Known } from './actors.ts';
import type { Scene } from './scene.ts';

export interface Ask {
  path: string;
  body?: unknown;
}

/** One way to use a route: what is asked in a scene, and the status each asker gets. */
export interface Case {
  /** What sets it apart from the route's other cases. */
  name?: string;
  /** `as` is who asks, for requests in one's own name. */
  ask(scene: Scene, as: Scene['owner']): Ask | Promise<Ask>;
  expect: Record<Actor, number>;
}

/** The rows of the matrix: a method and a path as registered, and its cases. */
export type Rows = Record<string, Case[]>;

const BAD = { nobody: 401, expired: 401, 'wrong signature': 401, 'alg none': 401, media: 403 };

/**
 * A route that wants a token: whoever has no good one is out, whatever they ask; so is a guest who is in
 * the scene's meeting, unless it is said what they get there.
 */
export const closed = (
  known: Record<Known, number> & { guest?: number },
  ask: Case['ask'],
  name?: string,
): Case => ({
  ...(name === undefined ? {} : { name }),
  ask,
  expect: { ...BAD, guest: 403, ...known },
});

/** For its owner and for services; nobody else, administrators neither. */
export const owned = (ask: Case['ask'], name?: string): Case =>
  closed({ owner: 200, other: 403, admin: 403, service: 200 }, ask, name);

/** For the host application alone. */
export const hostOnly = (ask: Case['ask'], status = 200): Case =>
  closed({ owner: 403, other: 403, admin: 403, service: status }, ask);

/** For people in their own name: each gets their own, a service has nothing there. */
export const personal = (ask: Case['ask'], status = 200, guest = 403): Case =>
  closed({ owner: status, other: status, admin: status, service: 403, guest }, ask);

/** Open to all, whatever they bring. */
export const open = (ask: Case['ask'], status = 200): Case => ({
  ask,
  expect: {
    nobody: status,
    expired: status,
    'wrong signature': status,
    'alg none': status,
    media: status,
    guest: status,
    owner: status,
    other: status,
    admin: status,
    service: status,
  },
});
