import { Type } from 'typebox';
import type { Contact } from '../../core/contacts/index.ts';
import { Time, time } from './envelope.ts';
import { Person, presentPerson } from './person.ts';

/** Somebody's contact, request or block, as they see it. */
export const ContactEntry = Type.Object({
  ...Person.properties,
  state: Type.Unsafe<Contact['state']>({
    type: 'string',
    enum: ['accepted', 'incoming', 'outgoing', 'blocked'],
  }),
  online: Type.Boolean({ description: 'Has a live device; false for all but accepted contacts.' }),
  since: Time,
});

export const Contacts = Type.Object({ contacts: Type.Array(ContactEntry) });

export const presentContact = ({ user, state, online, since }: Contact) => ({
  ...presentPerson(user),
  state,
  online,
  since: time(since),
});
