import { useState } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { muteAll, setLocked } from '../../../../state/in-meet.ts';
import { panel } from '../../../../state/in-room.ts';
import type { MeetingPlace } from '../../../../state/meet-place.ts';
import { unanswered } from '../../../../state/poll-list.ts';
import type { Inside } from '../../../../state/visit.ts';
import { Confirm } from '../../../dialog.tsx';
import type { MenuEntry } from '../../../menu.tsx';
import { useStore } from '../../../use-store.ts';
import { PlaceInside, PlaceMedia } from '../../rooms/inside/place-inside.tsx';
import { useStageNews } from '../../rooms/inside/use-stage-news.ts';
import { BreakoutAsked } from '../breakout-asked.tsx';
import { BreakoutNotice } from '../breakout-notice.tsx';
import { BreakoutPanel } from '../breakout-panel.tsx';
import { PollNotice } from '../poll-notice.tsx';
import { PollPanel } from '../poll-panel.tsx';
import { useBreakouts, useBreakoutWay } from '../use-breakouts.ts';
import { KnockNotice } from './knock-notice.tsx';
import { MeetInfoPanel } from './meet-info.tsx';
import { MeetPeoplePanel } from './meet-people.tsx';
import { useMeetChat } from './use-meet-chat.ts';
import { useMeetNews } from './use-meet-news.ts';

/** A meeting of contract E: who is what, what is said and raised, and who waits come by its line. */
export function MeetInside({ visit, place }: { visit: Inside; place: MeetingPlace }) {
  return (
    <PlaceMedia visit={visit}>
      <Screen visit={visit} place={place} />
    </PlaceMedia>
  );
}

function Screen({ visit, place }: { visit: Inside; place: MeetingPlace }) {
  const { t } = useWords();
  const [sure, setSure] = useState(false);
  const view = useStore(place.view);
  const { steer } = useStore(place.rights);
  const chat = useMeetChat(place);
  useStageNews(visit);
  useMeetNews(visit, place);
  const breakouts = useBreakouts(place);
  useBreakoutWay(breakouts);
  const { asked, steers, here, home } = breakouts;
  const locked = view?.meeting?.locked === true;
  const more: MenuEntry[] = [];
  if (steers || breakouts.round?.free) {
    more.push({
      id: 'breakouts',
      title: t('breakout.title'),
      icon: 'rooms',
      run: () => panel.set('breakouts'),
    });
  }
  if (steer) {
    more.push({ id: 'mute-all', title: t('meet.muteAll'), icon: 'micOff', run: () => setSure(true) });
  }
  // A breakout room is locked for everybody who has no place there.
  if (steer && here === undefined) {
    const title = t(locked ? 'meet.unlock' : 'meet.lock');
    more.push({ id: 'lock', title, icon: 'key', run: () => void setLocked(place, !locked) });
  }
  return (
    <>
      <PlaceInside
        visit={visit}
        chat={chat}
        others={(view?.people.size ?? 1) - 1}
        people={<MeetPeoplePanel place={place} onMuteAll={() => setSure(true)} />}
        info={<MeetInfoPanel place={place} />}
        polls={<PollPanel place={place} />}
        asked={unanswered(view?.polls).length}
        breakouts={<BreakoutPanel now={breakouts} />}
        notice={
          <>
            <KnockNotice place={place} />
            <PollNotice place={place} />
            <BreakoutNotice now={breakouts} />
          </>
        }
        more={more}
        knocks={view?.waiting.size ?? 0}
        unheard={view?.link === 'reconnecting'}
      />
      {asked && <BreakoutAsked key={asked.id} home={home} room={asked} />}
      <Confirm
        open={sure}
        title={t('meet.muteAllTitle')}
        body={t('meet.muteAllBody')}
        action={t('meet.muteAll')}
        onClose={() => setSure(false)}
        onConfirm={() => void muteAll(place)}
      />
    </>
  );
}
