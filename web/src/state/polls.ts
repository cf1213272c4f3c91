import { need } from './connection.ts';
import { meetingsApi } from './guest.ts';
import type { NewPoll, Poll } from './sdk.ts';
import { toastProblem } from './toasts.ts';

/** A meeting's polls as the server has them, and what is done with them; a refusal is told. */

const MOST = 100;

export async function readPolls(meetingId: number): Promise<readonly Poll[]> {
  return (await meetingsApi().polls.list(meetingId, { pageSize: MOST })).polls;
}

/** Makes one or changes a draft, and asks everybody if that is wanted. Throws what the server has against it. */
export async function savePoll(
  meetingId: number,
  draft: Poll | undefined,
  wanted: NewPoll,
  ask: boolean,
): Promise<void> {
  const { polls } = need().meetings;
  const saved = draft
    ? await polls.update(meetingId, draft.id, wanted)
    : await polls.create(meetingId, wanted);
  if (ask) await polls.open(meetingId, saved.id);
}

export async function openPoll({ meetingId, id }: Poll): Promise<void> {
  await need().meetings.polls.open(meetingId, id).catch(toastProblem);
}

export async function closePoll({ meetingId, id }: Poll): Promise<void> {
  await need().meetings.polls.close(meetingId, id).catch(toastProblem);
}

export async function removePoll({ meetingId, id }: Poll): Promise<void> {
  await need().meetings.polls.remove(meetingId, id).catch(toastProblem);
}
