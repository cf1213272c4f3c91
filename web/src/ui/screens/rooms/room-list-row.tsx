import { when } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import { asKnown, learned } from '../../../state/known-people.ts';
import { roomAddress } from '../../../state/room-name.ts';
import { isOpen, loadRooms, type RoomRow } from '../../../state/rooms.ts';
import { session } from '../../../state/session.ts';
import { toastProblem } from '../../../state/toasts.ts';
import { Avatar } from '../../avatar.tsx';
import { classes } from '../../classes.ts';
import { IconButton } from '../../icon-button.tsx';
import { Icon } from '../../icons.tsx';
import { Link } from '../../link.tsx';
import { useStore } from '../../use-store.ts';
import look from '../list-row.module.css';
import style from './rooms.module.css';

/** A room in the list: what it is called, who is in it, and the way in. */
export function RoomListRow({ row: { info, members } }: { row: RoomRow }) {
  const { t, language } = useWords();
  const now = useStore(session);
  // Drawn again when a name has come to be known.
  useStore(learned);
  const me = now.status === 'in' ? now.profile?.username : undefined;
  const open = isOpen(info);
  const here = members.filter((m) => m.status === 'joined').map((m) => asKnown(m.person));
  const invited = members.some((m) => m.person.uid === me && m.status === 'invited');
  const note = !open
    ? `${t(info.status === 'cancelled' ? 'rooms.cancelled' : 'rooms.over')} · ${when(info.createdAt, language)}`
    : here.length > 0
      ? t('rooms.here', { count: here.length })
      : t('rooms.waiting');
  const decline = () => {
    need().rooms.decline(info.name).then(loadRooms, toastProblem);
  };
  const words = (
    <>
      <span className={classes(look.mark, open && look.live)}>
        <Icon name={info.video ? 'camera' : 'mic'} size={22} />
      </span>
      <span className={look.words}>
        <span className={look.name}>{info.name}</span>
        <span className={look.note}>{note}</span>
      </span>
      {invited && <span className={style.tag}>{t('rooms.invited')}</span>}
      <span className={style.faces} aria-hidden="true">
        {here.slice(0, 4).map((p) => (
          <Avatar key={p.uid} name={p.name} url={p.avatarUrl} size={32} />
        ))}
      </span>
    </>
  );
  return (
    <li className={look.row}>
      {open ? (
        <Link className={look.link} href={roomAddress(info.name)}>
          {words}
          <Icon name="forward" size={20} />
        </Link>
      ) : (
        <span className={look.link}>{words}</span>
      )}
      {invited && (
        <IconButton icon="close" label={t('rooms.declineFor', { name: info.name })} onPress={decline} />
      )}
    </li>
  );
}
