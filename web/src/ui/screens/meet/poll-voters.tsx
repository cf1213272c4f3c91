import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import type { Poll, PollVote } from '../../../state/sdk.ts';
import { toastProblem } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import style from './poll.module.css';

const PAGE = 50;

/** Who chose what, when those who run the meeting want to know. */
export function PollVoters({ poll }: { poll: Poll }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [pages, setPages] = useState(1);
  const votes = useVotes(poll, open ? pages : 0);
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
              <dd>{vote.options.map((index) => poll.options[index]).join(' · ')}</dd>
            </div>
          ))}
        </dl>
      )}
      {open && votes && votes.length < poll.voters && (
        <Button kind="plain" onPress={() => setPages(pages + 1)}>
          {t('common.more')}
        </Button>
      )}
    </div>
  );
}

/** So many pages of them, read again with every vote that is told. */
function useVotes({ meetingId, id, voters }: Poll, pages: number): readonly PollVote[] | undefined {
  const [votes, setVotes] = useState<readonly PollVote[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: one more vote is the reason to look again.
  useEffect(() => {
    let gone = false;
    const { polls } = need().meetings;
    const asked = Array.from({ length: pages }, (_, i) =>
      polls.votes(meetingId, id, { page: i + 1, pageSize: PAGE }),
    );
    Promise.all(asked).then((found) => {
      if (!gone && pages > 0) setVotes(found.flatMap((page) => page.votes));
    }, toastProblem);
    return () => {
      gone = true;
    };
  }, [meetingId, id, voters, pages]);
  return votes;
}
