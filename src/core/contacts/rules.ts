import type { ContactRow } from '../../ports/store/contacts.ts';
import type { ParleyError } from '../errors.ts';
import { conflict, forbidden, notFound } from '../errors.ts';

export type ContactAction = 'ask' | 'accept' | 'decline' | 'block' | 'remove' | 'link' | 'unlink';

/** How two people stand: what is stored of them, or nothing. */
export type Standing = Pick<ContactRow, 'state' | 'byId'> | undefined;

/** What an action makes of it. `event` absent: it took effect before, nothing is written. */
export interface Outcome {
  after: Standing;
  event?: 'requested' | 'accepted' | 'declined' | 'removed' | 'blocked' | 'unblocked';
}

/** `byId` of a pair in which each has blocked the other. */
export const BOTH = 0;

const blocks = (standing: Standing, userId: number) =>
  standing?.state === 'blocked' && (standing.byId === userId || standing.byId === BOTH);

/**
 * What `me` doing something to `other` comes to. Pure. A block is known to the one who blocked: the
 * blocked one is refused what they ask and told nothing else.
 */
export function decideContact(
  before: Standing,
  action: ContactAction,
  me: number,
  other: number,
): Outcome | ParleyError {
  switch (action) {
    case 'ask':
      if (before?.state === 'blocked') {
        return blocks(before, me) ? conflict('contact.blocked') : forbidden('contact.refused');
      }
      if (before?.state === 'accepted' || before?.byId === me) return { after: before };
      // Who asks somebody that has asked them wants the same: it is settled.
      if (before) return accepted(other);
      return { after: { state: 'pending', byId: me }, event: 'requested' };
    case 'accept':
      if (before?.state === 'accepted') return { after: before };
      return before?.state === 'pending' && before.byId === other
        ? accepted(other)
        : notFound('contact.no_request');
    case 'decline':
      if (!before) return { after: undefined };
      return before.state === 'pending' && before.byId === other
        ? { after: undefined, event: 'declined' }
        : notFound('contact.no_request');
    case 'block':
      if (blocks(before, me)) return { after: before };
      return { after: { state: 'blocked', byId: before?.state === 'blocked' ? BOTH : me }, event: 'blocked' };
    case 'remove':
      if (before?.state !== 'blocked') return ended(before);
      if (!blocks(before, me)) return { after: before };
      return {
        after: before.byId === BOTH ? { state: 'blocked', byId: other } : undefined,
        event: 'unblocked',
      };
    case 'link':
      // The host application decides who its people's contacts are, over what they did themselves.
      return before?.state === 'accepted' ? { after: before } : accepted(me);
    case 'unlink':
      return before?.state === 'blocked' ? { after: before } : ended(before);
  }
}

const accepted = (byId: number): Outcome => ({ after: { state: 'accepted', byId }, event: 'accepted' });
const ended = (before: Standing): Outcome =>
  before ? { after: undefined, event: 'removed' } : { after: undefined };
