import { useState } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { pinned, togglePin } from '../../../../state/stage-view.ts';
import { Avatar } from '../../../avatar.tsx';
import { Confirm } from '../../../dialog.tsx';
import { IconButton } from '../../../icon-button.tsx';
import type { IconName } from '../../../icons.tsx';
import { Icon } from '../../../icons.tsx';
import { Menu } from '../../../menu.tsx';
import { useStore } from '../../../use-store.ts';
import style from './panels.module.css';

/** What can be done about somebody; what cannot be taken back is asked about first. */
export interface PersonAction {
  id: string;
  title: string;
  icon: IconName;
  danger?: boolean;
  sure?: { title: string; body: string; action: string };
  run: () => void;
}

interface PersonRowProps {
  uid: string;
  name: string;
  avatarUrl: string | null;
  tags: readonly string[];
  hand: boolean;
  heard: boolean;
  speaking: boolean;
  actions: readonly PersonAction[];
}

/** Somebody in the list: microphone, hand, and what can be done about them. */
export function PersonRow({ uid, name, avatarUrl, tags, hand, heard, speaking, actions }: PersonRowProps) {
  const { t } = useWords();
  const [asked, setAsked] = useState<string>();
  const isPinned = useStore(pinned) === `face:${uid}`;
  const pin = {
    id: 'pin',
    title: t(isPinned ? 'room.unpin' : 'room.pin', { name }),
    icon: isPinned ? ('pinOff' as const) : ('pin' as const),
    run: () => togglePin(`face:${uid}`),
  };
  const entries = actions.map(({ sure, run, ...entry }) => ({
    ...entry,
    run: sure ? () => setAsked(entry.id) : run,
  }));
  return (
    <li className={style.person} data-testid={`person-${uid}`}>
      <Avatar name={name} url={avatarUrl} size={40} speaking={speaking} />
      <span className={style.personName}>
        {name}
        <span className={style.tags}>
          {tags.map((tag) => (
            <span key={tag}>{tag}</span>
          ))}
        </span>
      </span>
      {hand && (
        <span className={style.handUp}>
          <Icon name="hand" size={20} />
          <span className="visually-hidden">{t('room.handUp')}</span>
        </span>
      )}
      <span className={style.state}>
        <Icon name={heard ? 'mic' : 'micOff'} size={20} />
        <span className="visually-hidden">
          {heard ? (speaking ? t('room.speaking') : '') : t('call.mutedName', { name: '' })}
        </span>
      </span>
      <Menu label={t('common.moreFor', { name })} entries={[pin, ...entries]}>
        <IconButton kind="small" icon="more" label={t('common.moreFor', { name })} />
      </Menu>
      {actions.map(
        ({ id, sure, run }) =>
          sure && (
            <Confirm
              key={id}
              open={asked === id}
              {...sure}
              onClose={() => setAsked(undefined)}
              onConfirm={run}
            />
          ),
      )}
    </li>
  );
}
