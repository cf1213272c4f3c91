import type { ReactNode } from 'react';
import { moment } from '../../../../i18n/format.ts';
import { useWords } from '../../../../i18n/use-words.ts';
import { copyText } from '../../../../state/in-room.ts';
import { asKnown } from '../../../../state/known-people.ts';
import type { Place } from '../../../../state/place.ts';
import type { RoomPlace } from '../../../../state/room-place.ts';
import { Button } from '../../../button.tsx';
import { useStore } from '../../../use-store.ts';
import { PanelFrame } from './panel-frame.tsx';
import style from './panels.module.css';

/** The room itself: its link, who made it, how many fit in. */
export function RoomInfoPanel({ place }: { place: RoomPlace }) {
  const { t, language } = useWords();
  const info = useStore(place.info);
  const size = useStore(place.entry)?.size;
  const { creator: uid } = place;
  const rows: [string, string][] = [];
  if (uid) rows.push([t('room.creator'), asKnown({ uid, name: uid, avatarUrl: null }).name]);
  if (info) rows.push([t('room.started'), moment(info.createdAt, language)]);
  if (size !== undefined) rows.push([t('room.places'), String(size)]);
  return <InfoPanel title={t('room.info')} place={place} rows={rows} />;
}

interface InfoPanelProps {
  title: string;
  place: Place;
  /** What is to be known beside the link. */
  rows: readonly [string, string][];
  children?: ReactNode;
}

/** A place's name, its link and its facts. */
export function InfoPanel({ title, place, rows, children }: InfoPanelProps) {
  const { t } = useWords();
  const address = location.origin + place.address;
  return (
    <PanelFrame title={title}>
      <div className={style.info}>
        <p className={style.roomName}>{useStore(place.title)}</p>
        {children}
        <dl className={style.facts}>
          {[[t('room.address'), address] as const, ...rows].map(([term, words]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <CopyLink address={address} />
      </div>
    </PanelFrame>
  );
}

/** The place's address for somebody else. */
export function CopyLink({ address }: { address: string }) {
  const { t } = useWords();
  return (
    <Button kind="primary" icon="link" onPress={() => void copyText(address)}>
      {t('room.copy')}
    </Button>
  );
}
