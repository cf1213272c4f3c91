import { useEffect, useMemo, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { MeetingPlace } from '../../../state/meet-place.ts';
import { mergedPolls } from '../../../state/poll-list.ts';
import { readPolls } from '../../../state/polls.ts';
import type { Poll } from '../../../state/sdk.ts';
import { Loader } from '../../../state/store.ts';
import { Button } from '../../button.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import { PanelFrame } from '../rooms/inside/panel-frame.tsx';
import panels from '../rooms/inside/panels.module.css';
import style from './poll.module.css';
import { PollCard } from './poll-card.tsx';
import { PollEditor } from './poll-editor.tsx';

/** What everybody is asked, what they have answered, and what was asked before. */
export function PollPanel({ place }: { place: MeetingPlace }) {
  const { t } = useWords();
  const { steer } = useStore(place.rights);
  const live = useStore(place.view)?.polls;
  const loader = useMemo(() => new Loader<readonly Poll[]>(), []);
  const value = useStore(loader);
  const [edited, setEdited] = useState<Poll | 'new'>();
  const load = () => loader.load(() => readPolls(place.id));
  // What has opened, closed or gone; drafts are in the list alone.
  const news = [...(live?.values() ?? [])].map(({ id, status }) => `${id} ${status}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when there is another poll, and for another role.
  useEffect(() => void load(), [news, steer]);
  return (
    <PanelFrame title={t('poll.title')}>
      <div className={panels.people}>
        {steer && (
          <Button icon="plus" wide onPress={() => setEdited('new')}>
            {t('poll.new')}
          </Button>
        )}
        <LoadedView value={value} onRetry={() => void load()}>
          {(read) => (
            <Polls
              polls={mergedPolls(read, live)}
              place={place}
              onEdit={setEdited}
              onDone={() => void load()}
            />
          )}
        </LoadedView>
      </div>
      {edited && (
        <PollEditor
          meetingId={place.id}
          {...(edited !== 'new' && { draft: edited })}
          onClose={() => setEdited(undefined)}
          onSaved={() => void load()}
        />
      )}
    </PanelFrame>
  );
}

interface PollsProps {
  polls: readonly Poll[];
  place: MeetingPlace;
  onEdit: (poll: Poll) => void;
  onDone: () => void;
}

function Polls({ polls, place, onEdit, onDone }: PollsProps) {
  const { t } = useWords();
  const { steer } = useStore(place.rights);
  const vote = async ({ id }: Poll, options: readonly number[]) => {
    // Refused where one has voted in another window.
    await place.line?.vote(id, options).finally(onDone);
  };
  if (polls.length === 0) {
    return (
      <p className={panels.nothing}>
        <strong>{t('poll.none')}</strong>
        {!steer && t('poll.noneHint')}
      </p>
    );
  }
  return (
    <ul className={style.polls}>
      {polls.map((poll) => (
        <li key={poll.id}>
          <PollCard
            poll={poll}
            runs={steer}
            onVote={(options) => vote(poll, options)}
            onEdit={() => onEdit(poll)}
            onDone={onDone}
          />
        </li>
      ))}
    </ul>
  );
}
