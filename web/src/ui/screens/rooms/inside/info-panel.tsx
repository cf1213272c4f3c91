import { moment } from '../../../../i18n/format.ts';
import { useWords } from '../../../../i18n/use-words.ts';
import { copyText } from '../../../../state/in-room.ts';
import { asKnown } from '../../../../state/known-people.ts';
import { roomAddress } from '../../../../state/room-name.ts';
import { Button } from '../../../button.tsx';
import { PanelFrame } from './panel-frame.tsx';
import style from './panels.module.css';
import type { Inside } from './room-inside.tsx';

/** The room itself: its link, who made it, how many fit in. */
export function InfoPanel({ visit }: { visit: Inside }) {
  const { t, language } = useWords();
  const { name, entry, info } = visit;
  const address = location.origin + roomAddress(name);
  const uid = info?.creator ?? entry.creator;
  const rows: [string, string][] = [[t('room.address'), address]];
  if (uid) rows.push([t('room.creator'), asKnown({ uid, name: uid, avatarUrl: null }).name]);
  if (info) rows.push([t('room.started'), moment(info.createdAt, language)]);
  if (entry.size !== undefined) rows.push([t('room.places'), String(entry.size)]);
  return (
    <PanelFrame title={t('room.info')}>
      <div className={style.info}>
        <p className={style.roomName}>{name}</p>
        <dl className={style.facts}>
          {rows.map(([term, words]) => (
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

/** The room's address for somebody else. */
export function CopyLink({ address }: { address: string }) {
  const { t } = useWords();
  return (
    <Button kind="primary" icon="link" onPress={() => void copyText(address)}>
      {t('room.copy')}
    </Button>
  );
}
