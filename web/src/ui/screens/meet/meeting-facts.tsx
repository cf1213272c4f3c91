import type { ReactNode } from 'react';
import { moment } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { Meeting } from '../../../state/sdk.ts';
import { Icon, type IconName } from '../../icons.tsx';
import style from './meeting-facts.module.css';

interface MeetingFactsProps {
  /** Whoever has no account is not told since when it goes on. */
  meeting: Pick<Meeting, 'startTime' | 'status' | 'type'> & Partial<Pick<Meeting, 'startedAt'>>;
  /** More of them. */
  children?: ReactNode;
}

/** What is to be known of a meeting before one goes in. */
export function MeetingFacts({
  meeting: { startTime, startedAt, status, type },
  children,
}: MeetingFactsProps) {
  const { t, language } = useWords();
  const time =
    status === 'ongoing' && startedAt
      ? t('meet.since', { when: moment(startedAt, language) })
      : startTime
        ? t('meet.begins', { when: moment(startTime, language) })
        : t('meet.anyTime');
  return (
    <ul className={style.facts}>
      <Fact icon="clock">{time}</Fact>
      {type === 'audio' && <Fact icon="mic">{t('meet.audioOnly')}</Fact>}
      {children}
    </ul>
  );
}

export function Fact({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <li>
      <Icon name={icon} size={20} />
      {children}
    </li>
  );
}
