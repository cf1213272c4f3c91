import { useId, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { closePoll, openPoll, removePoll } from '../../../state/polls.ts';
import type { Poll } from '../../../state/sdk.ts';
import { Button } from '../../button.tsx';
import { Confirm } from '../../dialog.tsx';
import style from './poll.module.css';
import { PollBallot } from './poll-ballot.tsx';
import { PollResult } from './poll-result.tsx';
import { PollVoters } from './poll-voters.tsx';

interface PollCardProps {
  poll: Poll;
  /** Whether one runs the meeting. */
  runs: boolean;
  onVote: (options: readonly number[]) => Promise<unknown>;
  onEdit: () => void;
  /** Something was done with it. */
  onDone: () => void;
}

/** One poll: what is asked, one's own answer, how it stands, and what those who run the meeting may do. */
export function PollCard({ poll, runs, onVote, onEdit, onDone }: PollCardProps) {
  const { t } = useWords();
  const id = useId();
  const [changing, setChanging] = useState(false);
  const [sure, setSure] = useState(false);
  const { status, voted, anonymous } = poll;
  const asks = status === 'open' && (!voted || (changing && !anonymous));
  const act = (deed: Promise<void>) => void deed.then(onDone);
  const vote = async (options: readonly number[]) => {
    await onVote(options);
    setChanging(false);
  };
  return (
    <article className={style.poll} aria-labelledby={id} data-status={status}>
      <header className={style.head}>
        <h3 id={id} className={style.question}>
          {poll.question}
        </h3>
        <p className={style.tags}>
          <span className={status === 'open' ? style.live : undefined}>{t(`poll.${status}`)}</span>
          {anonymous && <span>{t('poll.anonymous')}</span>}
          {poll.multiple && <span>{t('poll.multiple')}</span>}
        </p>
      </header>
      {asks && <PollBallot poll={poll} onVote={vote} />}
      {(!asks || (runs && poll.votes !== null)) && <PollResult poll={poll} />}
      {status === 'open' && voted && !anonymous && !changing && (
        <Button kind="plain" onPress={() => setChanging(true)}>
          {t('poll.change')}
        </Button>
      )}
      {runs && status !== 'draft' && !anonymous && <PollVoters poll={poll} />}
      {runs && (
        <div className={style.deeds}>
          {status === 'draft' && <Button onPress={() => act(openPoll(poll))}>{t('poll.ask')}</Button>}
          {status === 'draft' && <Button onPress={onEdit}>{t('meeting.edit')}</Button>}
          {status === 'open' && <Button onPress={() => act(closePoll(poll))}>{t('poll.close')}</Button>}
          {status !== 'open' && (
            <Button kind="plain" onPress={() => setSure(true)}>
              {t('poll.delete')}
            </Button>
          )}
        </div>
      )}
      <Confirm
        open={sure}
        title={t('poll.deleteTitle')}
        body={t('poll.deleteBody')}
        action={t('poll.delete')}
        onClose={() => setSure(false)}
        onConfirm={() => act(removePoll(poll))}
      />
    </article>
  );
}
