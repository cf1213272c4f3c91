import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { say } from '../../../state/announcer.ts';
import { panel } from '../../../state/in-room.ts';
import type { MeetingPlace } from '../../../state/meet-place.ts';
import { unanswered } from '../../../state/poll-list.ts';
import { Button } from '../../button.tsx';
import { IconButton } from '../../icon-button.tsx';
import { Icon } from '../../icons.tsx';
import { useStore } from '../../use-store.ts';
import look from './inside/meet-inside.module.css';
import style from './poll.module.css';

/** Everybody is asked something: over the stage until one answers or puts it off. */
export function PollNotice({ place }: { place: MeetingPlace }) {
  const { t } = useWords();
  const view = useStore(place.view);
  const open = useStore(panel) === 'polls';
  const [putOff, setPutOff] = useState(0);
  const poll = unanswered(view?.polls).at(-1);
  useEffect(
    () =>
      place.line?.on('poll', ({ question }, what) =>
        say(what === 'opened' ? 'poll.asked' : 'poll.over', { question }),
      ),
    [place],
  );
  if (!poll || open || poll.id <= putOff) return null;
  return (
    <div className={look.knock} data-testid="poll-notice">
      <Icon name="polls" size={20} />
      <span className={style.notice}>{t('poll.asked', { question: poll.question })}</span>
      <span className={look.deeds}>
        <Button kind="primary" onPress={() => panel.set('polls')}>
          {t('poll.answer')}
        </Button>
        <IconButton icon="close" label={t('common.close')} onPress={() => setPutOff(poll.id)} />
      </span>
    </div>
  );
}
