import { Type } from 'typebox';
import { OrNull, Time } from '../envelope.ts';
import { Id } from './schema.ts';

/** A username, a uid or an e-mail address. */
export const InviteeName = Type.String({
  minLength: 1,
  maxLength: 254,
  examples: ['ann', 'bob@example.com'],
});
export const Invitee = Type.Union([Id, InviteeName]);

export const OfInvitation = Type.Object({
  id: Id,
  invitation_id: Type.String({ minLength: 1, maxLength: 64 }),
});

/** What came of inviting one; an address is an address, whoever has it. */
export const InvitedModel = Type.Object({
  invitee: Type.Union([Type.Integer(), Type.String()]),
  invitation_id: OrNull(Type.String()),
  user_id: OrNull(Type.Integer()),
  email: OrNull(Type.String()),
  status: Type.Unsafe<'invited' | 'already' | 'unknown'>({
    type: 'string',
    enum: ['invited', 'already', 'unknown'],
  }),
});

/** Who has been invited: an account, or an address. */
export const InvitationModel = Type.Object({
  invitation_id: Type.String(),
  meeting_id: Type.Integer(),
  user_id: OrNull(Type.Integer()),
  username: OrNull(Type.String()),
  nickname: OrNull(Type.String()),
  avatar_url: OrNull(Type.String()),
  email: OrNull(Type.String()),
  invited_by: OrNull(Type.Integer()),
  invited_at: Time,
});
