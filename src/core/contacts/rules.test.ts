import { describe, expect, it } from 'vitest';
import { ParleyError } from '../errors.ts';
import type { ContactAction, Standing } from './rules.ts';
import { BOTH, decideContact } from './rules.ts';

const ME = 1;
const OTHER = 2;
const asked: Standing = { state: 'pending', byId: ME };
const wasAsked: Standing = { state: 'pending', byId: OTHER };
const friends: Standing = { state: 'accepted', byId: ME };
const blockedByMe: Standing = { state: 'blocked', byId: ME };
const blockedByThem: Standing = { state: 'blocked', byId: OTHER };
const blockedByBoth: Standing = { state: 'blocked', byId: BOTH };

/** What comes of it: a word for the event, `same`, or the refusal's key. */
function outcome(before: Standing, action: ContactAction): string {
  const result = decideContact(before, action, ME, OTHER);
  if (result instanceof ParleyError) return result.key;
  return result.event ?? (result.after === before ? 'same' : 'changed in silence');
}

const table: [string, Standing, Record<ContactAction, string>][] = [
  [
    'strangers',
    undefined,
    row('requested', 'contact.no_request', 'same', 'blocked', 'same', 'accepted', 'same'),
  ],
  [
    'asked',
    asked,
    row('same', 'contact.no_request', 'contact.no_request', 'blocked', 'removed', 'accepted', 'removed'),
  ],
  [
    'was asked',
    wasAsked,
    row('accepted', 'accepted', 'declined', 'blocked', 'removed', 'accepted', 'removed'),
  ],
  ['contacts', friends, row('same', 'same', 'contact.no_request', 'blocked', 'removed', 'same', 'removed')],
  [
    'blocked by me',
    blockedByMe,
    row(
      'contact.blocked',
      'contact.no_request',
      'contact.no_request',
      'same',
      'unblocked',
      'accepted',
      'same',
    ),
  ],
  [
    'blocked by them',
    blockedByThem,
    row('contact.refused', 'contact.no_request', 'contact.no_request', 'blocked', 'same', 'accepted', 'same'),
  ],
  [
    'blocked by both',
    blockedByBoth,
    row(
      'contact.blocked',
      'contact.no_request',
      'contact.no_request',
      'same',
      'unblocked',
      'accepted',
      'same',
    ),
  ],
];

function row(
  ...words: [string, string, string, string, string, string, string]
): Record<ContactAction, string> {
  const [ask, accept, decline, block, remove, link, unlink] = words;
  return { ask, accept, decline, block, remove, link, unlink };
}

describe('decideContact', () => {
  for (const [name, before, outcomes] of table) {
    for (const [action, expected] of Object.entries(outcomes)) {
      it(`${name}: ${action} -> ${expected}`, () => {
        expect(outcome(before, action as ContactAction)).toBe(expected);
      });
    }
  }

  it('keeps the other one’s block when somebody blocks back and unblocks again', () => {
    const both = decideContact(blockedByThem, 'block', ME, OTHER);
    expect(both).toMatchObject({ after: blockedByBoth });
    expect(decideContact(blockedByBoth, 'remove', ME, OTHER)).toMatchObject({ after: blockedByThem });
  });

  it('takes a request back with the block that replaced it', () => {
    expect(decideContact(blockedByMe, 'remove', ME, OTHER)).toEqual({ after: undefined, event: 'unblocked' });
  });
});
