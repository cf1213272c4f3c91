import { Type } from 'typebox';
import type { PollResults, PollStatus } from '../../../core/polls/index.ts';
import { OrNull, Time } from '../envelope.ts';
import { Count, Id } from '../meetings/schema.ts';

export const OfPoll = Type.Object({ id: Id, poll_id: Id });

export const Question = Type.String({ minLength: 1, maxLength: 300, examples: ['When do we meet next?'] });
export const Options = Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
  minItems: 2,
  maxItems: 10,
  uniqueItems: true,
  examples: [['Monday', 'Tuesday']],
});
export const Results = Type.Unsafe<PollResults>({
  type: 'string',
  enum: ['live', 'closed'],
  description: 'When everybody sees the votes: while they are given, or once the poll is closed',
});
const Status = Type.Unsafe<PollStatus>({ type: 'string', enum: ['draft', 'open', 'closed'] });
export const Chosen = Type.Array(Type.Integer({ minimum: 0, maximum: 9 }), {
  minItems: 1,
  maxItems: 10,
  uniqueItems: true,
  description: 'Places in the poll’s options, from 0',
});

/** What a poll's kind may be said to be; unsaid: one answer, with names, seen at once. */
export const Kind = {
  multiple: Type.Optional(Type.Boolean({ description: 'Several answers may be chosen' })),
  anonymous: Type.Optional(
    Type.Boolean({ description: 'Nobody can know who chose what; such a vote is final' }),
  ),
  results: Type.Optional(Results),
};

export const PollModel = Type.Object({
  poll_id: Type.Integer(),
  meeting_id: Type.Integer(),
  creator_id: OrNull(Type.Integer()),
  question: Type.String(),
  options: Type.Array(Type.String()),
  multiple: Type.Boolean(),
  anonymous: Type.Boolean(),
  results: Results,
  status: Status,
  voters: Count,
  votes: OrNull(
    Type.Array(Count, { description: 'In the order of the options; null while they are hidden' }),
  ),
  created_at: Time,
  opened_at: OrNull(Time),
  closed_at: OrNull(Time),
  voted: Type.Boolean({ description: 'Whether the asker has' }),
  my_vote: OrNull(Type.Array(Type.Integer(), { description: 'null: none, or an anonymous one' })),
});

export const VoteModel = Type.Object({
  user_id: Type.Integer(),
  username: Type.String(),
  nickname: Type.String(),
  options: Type.Array(Type.Integer()),
});
