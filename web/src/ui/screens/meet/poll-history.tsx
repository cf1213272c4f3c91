import { useEffect, useId, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { reasonOf } from '../../../state/errors.ts';
import { readPolls } from '../../../state/polls.ts';
import type { Poll } from '../../../state/sdk.ts';
import { toastProblem } from '../../../state/toasts.ts';
import { Card } from '../../card.tsx';
import style from './poll.module.css';
import { PollResult } from './poll-result.tsx';

/** What was asked in a meeting and how it fell; nothing for who was not there. */
export function PollHistory({ id }: { id: number }) {
  const { t } = useWords();
  const [polls, setPolls] = useState<readonly Poll[]>([]);
  useEffect(() => {
    let gone = false;
    readPolls(id).then(
      (found) => {
        if (!gone) setPolls(found.filter(({ status }) => status !== 'draft'));
      },
      (error: unknown) => {
        if (reasonOf(error) !== 'forbidden') toastProblem(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [id]);
  if (polls.length === 0) return null;
  return (
    <Card title={t('poll.title')}>
      <ul className={style.polls}>
        {polls.map((poll) => (
          <li key={poll.id}>
            <Past poll={poll} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Past({ poll }: { poll: Poll }) {
  const id = useId();
  return (
    <article className={style.past} aria-labelledby={id}>
      <h3 id={id} className={style.question}>
        {poll.question}
      </h3>
      <PollResult poll={poll} />
    </article>
  );
}
