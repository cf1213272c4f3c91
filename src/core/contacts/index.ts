export type { Contact } from './contacts.ts';
export { Contacts } from './contacts.ts';
export { contactsOf, linkContacts, unlinkContacts } from './link.ts';
export { actOnContact } from './own.ts';
