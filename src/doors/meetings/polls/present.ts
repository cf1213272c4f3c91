import type { App } from '../../../core/app.ts';
import type { Vote } from '../../../core/polls/index.ts';
import { namesOf } from '../meetings/present.ts';

export async function presentVotes(app: App, votes: readonly Vote[]) {
  const named = await namesOf(
    app,
    votes.map(({ userId }) => userId),
  );
  return votes.map(({ userId, options }) => ({
    user_id: userId,
    ...named(userId),
    options: [...(options ?? [])],
  }));
}
