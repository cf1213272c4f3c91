import { moment } from '../../../../i18n/format.ts';
import { useWords } from '../../../../i18n/use-words.ts';
import type { MeetingPlace } from '../../../../state/meet-place.ts';
import { Icon } from '../../../icons.tsx';
import { useStore } from '../../../use-store.ts';
import { InfoPanel } from '../../rooms/inside/info-panel.tsx';
import style from './meet-inside.module.css';

/** The meeting itself: what it is about, when, whose, and whether it is locked. */
export function MeetInfoPanel({ place }: { place: MeetingPlace }) {
  const { t, language } = useWords();
  const meeting = useStore(place.meeting);
  const view = useStore(place.view);
  const host = [...(view?.people.values() ?? [])].find(({ role }) => role === 'host');
  const at = meeting?.startTime ?? meeting?.startedAt;
  const rows: [string, string][] = [[t('meet.id'), String(place.id)]];
  if (host) rows.push([t('meeting.host'), host.name]);
  if (at) rows.push([t('meet.when'), moment(at, language)]);
  if (meeting) rows.push([t('room.places'), String(meeting.maxParticipants)]);
  return (
    <InfoPanel title={t('meet.info')} place={place} rows={rows}>
      {meeting?.description && <p className={style.text}>{meeting.description}</p>}
      {meeting?.locked && (
        <p className={style.badge}>
          <Icon name="key" size={20} />
          {t('meet.locked')}
        </p>
      )}
    </InfoPanel>
  );
}
