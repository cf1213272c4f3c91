import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { dial } from '../../state/phone.ts';
import type { Person } from '../../state/sdk.ts';
import { Avatar } from '../avatar.tsx';
import { IconButton } from '../icon-button.tsx';
import style from './person-row.module.css';

interface PersonRowProps {
  person: Person;
  online?: boolean;
  /** Under the name; the username when absent. */
  note?: ReactNode;
  /** The note says already whether the person is online. */
  quiet?: boolean;
  children?: ReactNode;
}

/** Somebody in a list, with what can be done at the end. */
export function PersonRow({ person, online, note, quiet, children }: PersonRowProps) {
  const { t } = useWords();
  return (
    <div className={style.row}>
      <Avatar name={person.name} url={person.avatarUrl} {...(online === undefined ? {} : { online })} />
      <div className={style.words}>
        <span className={style.name}>{person.name}</span>
        <span className={style.note}>
          {note ?? person.uid}
          {online !== undefined && !quiet && (
            <span className="visually-hidden"> {t(online ? 'presence.online' : 'presence.offline')}</span>
          )}
        </span>
      </div>
      <div className={style.actions}>{children}</div>
    </div>
  );
}

/** Voice and video, side by side; on narrow rows video is in the menu that follows. */
export function CallButtons({ person, keepVideo = false }: { person: Person; keepVideo?: boolean }) {
  const { t } = useWords();
  const call = (video: boolean) => void dial({ people: [person], video });
  return (
    <>
      <IconButton
        icon="phone"
        kind="accent"
        label={t('call.audioTo', { name: person.name })}
        onPress={() => call(false)}
      />
      <span className={keepVideo ? undefined : style.roomy}>
        <IconButton
          icon="camera"
          kind="accent"
          label={t('call.videoTo', { name: person.name })}
          onPress={() => call(true)}
        />
      </span>
    </>
  );
}
