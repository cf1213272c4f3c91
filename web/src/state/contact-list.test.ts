import { describe, expect, it } from 'vitest';
import { matches, sortContacts } from './contact-list.ts';
import type { Contact } from './sdk.ts';

const contact = (name: string, state: Contact['state'], online = false): Contact => ({
  person: { uid: name.toLowerCase(), name, avatarUrl: null },
  state,
  online,
});

describe('sortContacts', () => {
  it('puts people who are online first, each part by name', () => {
    const sorted = sortContacts(
      [
        contact('Zoe', 'accepted', true),
        contact('bob', 'accepted'),
        contact('Ann', 'accepted'),
        contact('Carl', 'accepted', true),
      ],
      'en',
    );
    expect(sorted.accepted.map((c) => c.person.name)).toEqual(['Carl', 'Zoe', 'Ann', 'bob']);
    expect(sorted.online.map((c) => c.person.name)).toEqual(['Carl', 'Zoe']);
  });

  it('keeps requests and blocked people apart', () => {
    const sorted = sortContacts(
      [contact('A', 'incoming'), contact('B', 'outgoing'), contact('C', 'blocked')],
      'en',
    );
    expect(sorted.accepted).toEqual([]);
    expect([sorted.incoming, sorted.outgoing, sorted.blocked].map((l) => l[0]?.person.name)).toEqual([
      'A',
      'B',
      'C',
    ]);
  });
});

describe('matches', () => {
  const person = { uid: 'lihua', name: '李华 Hua', avatarUrl: null };
  it('finds by part of the name in any script and by the beginning of the uid', () => {
    for (const typed of ['李', 'hua', 'LIH', ' 华 ', '']) expect(matches(person, typed), typed).toBe(true);
  });
  it('does not find by the middle of the uid', () => {
    expect(matches(person, 'ihu')).toBe(false);
  });
});
