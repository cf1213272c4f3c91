import { Type } from 'typebox';

const Votes = Type.Union([Type.Array(Type.Integer({ minimum: 0 })), Type.Null()], {
  description: 'In the order of the options; null while nobody is to see them',
});
const counts = { poll_id: Type.Integer(), voters: Type.Integer({ minimum: 0 }), votes: Votes };
const poll = {
  ...counts,
  question: Type.String(),
  options: Type.Array(Type.String()),
  multiple: Type.Boolean(),
  anonymous: Type.Boolean(),
  results: Type.Union([Type.Literal('live'), Type.Literal('closed')]),
  status: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
};
const about = (description: string) => Type.Object(poll, { description, additionalProperties: true });

/** An open poll, and what oneself has chosen. */
export const PollOfOnesOwn = Type.Object(
  {
    ...poll,
    voted: Type.Boolean(),
    my_vote: Type.Union([Type.Array(Type.Integer()), Type.Null()]),
  },
  { additionalProperties: true },
);

/** What everybody in a meeting is told of its polls. */
export const pollFrames = {
  'poll-opened': about('Everybody is asked something (an addition)'),
  'poll-updated': Type.Object(counts, {
    description: 'How many have voted, and how it stands: at most once a second (an addition)',
    additionalProperties: true,
  }),
  'poll-closed': about('No more votes; this is how they fell (an addition)'),
  'poll-removed': Type.Object(
    { poll_id: Type.Integer() },
    { description: 'It is gone, with its votes (an addition)', additionalProperties: true },
  ),
};
