import { Type } from 'typebox';

/** What a list of people can be sorted by, in the contract's words and the core's. */
export const ORDER = {
  user_id: 'id',
  username: 'username',
  email: 'email',
  nickname: 'displayName',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const;

export const Sort = {
  sort: Type.Optional(
    Type.Unsafe<keyof typeof ORDER>({ type: 'string', enum: Object.keys(ORDER), default: 'created_at' }),
  ),
  order: Type.Optional(
    Type.Unsafe<'asc' | 'desc'>({ type: 'string', enum: ['asc', 'desc'], default: 'desc' }),
  ),
};
