import { useWords } from '../../../i18n/use-words.ts';
import { shareOf } from '../../../state/poll-list.ts';
import type { Poll } from '../../../state/sdk.ts';
import { Icon } from '../../icons.tsx';
import style from './poll.module.css';

/** How a poll stands: a bar for each option, with its number; the options alone while that is hidden. */
export function PollResult({ poll }: { poll: Poll }) {
  const { t, language } = useWords();
  const { options, votes, voters, status, voted, myVote } = poll;
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const counted = status !== 'draft' && votes !== null;
  return (
    <div className={style.result}>
      <ul className={style.bars}>
        {options.map((option, index) => (
          <li key={option}>
            <span className={style.row}>
              <span className={style.words}>{option}</span>
              {myVote?.includes(index) && (
                <span className={style.mine}>
                  <Icon name="check" size={16} />
                  {t('poll.mine')}
                </span>
              )}
              {counted && (
                <span className={style.number}>
                  {votes[index]} · {percent.format(shareOf(poll, index))}
                </span>
              )}
            </span>
            {counted && (
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" className={style.bar}>
                <rect width={100 * shareOf(poll, index)} height="8" />
              </svg>
            )}
          </li>
        ))}
      </ul>
      {status !== 'draft' && (
        <p className={style.note} role="status">
          {t('poll.voters', { count: voters })}
          {voted && myVote === null && ` · ${t('poll.voted')}`}
        </p>
      )}
      {status === 'open' && !counted && <p className={style.note}>{t('poll.hiddenNow')}</p>}
    </div>
  );
}
