import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import type { Poll, PollVote } from '../../../state/sdk.ts';
import { toastProblem } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import style from './poll.module.css';

const MOST = 100;

/** Who chose what, when those who run the meeting want to know. */
export function PollVoters({ poll: { meetingId, id, options, voters } }: { poll: Poll }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [votes, setVotes] = useState<readonly PollVote[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: one more vote is the reason to look again.
  useEffect(() => {
    if (!open) return;
    let gone = false;
    need()
      .meetings.polls.votes(meetingId, id, { pageSize: MOST })
      .then((found) => {
        if (!gone) setVotes(found.votes);
      }, toastProblem);
    return () => {
      gone = true;
    };
  }, [open, meetingId, id, voters]);
  return (
    <div className={style.voters}>
      <Button kind="plain" aria-expanded={open} onPress={() => setOpen(!open)}>
        {t('poll.who')}
      </Button>
      {open && votes?.length === 0 && <p className={style.note}>{t('poll.nobody')}</p>}
      {open && votes && votes.length > 0 && (
        <dl className={style.votes}>
          {votes.map((vote) => (
            <div key={vote.userId}>
              <dt>{vote.name}</dt>
              <dd>{vote.options.map((index) => options[index]).join(' · ')}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
