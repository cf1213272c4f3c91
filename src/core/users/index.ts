export type { ProfilePatch, Registration, Session } from './accounts.ts';
export { Accounts } from './accounts.ts';
export { cutDevice, devicesOf } from './devices.ts';
export { EMAIL_MAX, NAME_MAX, PASSWORD_MAX, PASSWORD_MIN, URL_MAX } from './names.ts';
export type { Provision } from './people.ts';
export { People } from './people.ts';
export { tokenFor } from './token-for.ts';
export type { User } from './user.ts';
