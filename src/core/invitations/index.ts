export type { Invitation } from './invitation.ts';
export type { Invited } from './invitations.ts';
export { Invitations } from './invitations.ts';
export { InvitationLetters } from './letters.ts';
export type { InvitationNews, WriteInvitation } from './news.ts';
