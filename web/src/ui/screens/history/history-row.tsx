import { useId, useState } from 'react';
import { clock, moment, when } from '../../../i18n/format.ts';
import { useWords, type Words } from '../../../i18n/use-words.ts';
import { client } from '../../../state/connection.ts';
import { groups } from '../../../state/groups.ts';
import { type CallRun, endWord, isGroup, isMissed, type PastCall } from '../../../state/history-groups.ts';
import { dial } from '../../../state/phone.ts';
import type { Person } from '../../../state/sdk.ts';
import { Avatar } from '../../avatar.tsx';
import { classes } from '../../classes.ts';
import { IconButton } from '../../icon-button.tsx';
import { Icon } from '../../icons.tsx';
import { useStore } from '../../use-store.ts';
import style from './history.module.css';

/** A run of like calls: who, what came of it, when; opened it lists each. */
export function HistoryRow({ run }: { run: CallRun }) {
  const words = useWords();
  const { t, language } = words;
  const [open, setOpen] = useState(false);
  const id = useId();
  const group = useStore(groups).data?.find((g) => g.id === run.calls[0].groupId);
  const me = useStore(client)?.me?.uid;
  const [call] = run.calls;
  const missed = isMissed(call);
  const name =
    group?.name ?? (isGroup(call) ? `${call.name} +${Math.max(1, call.calleeIds.length - 1)}` : call.name);
  const title = run.calls.length > 1 ? t('history.repeat', { name, count: run.calls.length }) : name;
  const again = () => {
    const [first, ...rest] = peopleOf(call, me, group?.members ?? []);
    if (first) {
      void dial({
        people: [first, ...rest],
        video: call.kind === 'video',
        ...(call.groupId === undefined ? {} : { groupId: call.groupId }),
      });
    }
  };
  return (
    <li>
      <div className={style.row}>
        <button
          type="button"
          className={style.open}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <Avatar name={group?.name ?? call.name} url={group ? null : call.avatarUrl} />
          <span className={style.words}>
            <span className={style.name}>{title}</span>
            <span className={classes(style.note, missed && style.missed)}>
              <Icon name={missed ? 'missed' : call.outgoing ? 'out' : 'in'} size={16} />
              <span className={style.outcome}>{outcome(call, words)}</span>
            </span>
          </span>
          <time className={style.when} dateTime={call.at.toISOString()}>
            {when(call.at, language)}
          </time>
        </button>
        <IconButton
          icon={call.kind === 'video' ? 'camera' : 'phone'}
          kind="accent"
          label={t(call.kind === 'video' ? 'call.videoTo' : 'call.audioTo', { name })}
          onPress={again}
        />
      </div>
      <ul id={id} className={style.each} hidden={!open}>
        {run.calls.map((one) => (
          <li key={one.id} className={style.one}>
            <time dateTime={one.at.toISOString()}>{moment(one.at, language)}</time>
            <span>{t(one.kind === 'video' ? 'history.video' : 'history.audio')}</span>
            <span className="tabular">{outcome(one, words)}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}

function outcome(call: PastCall, { t }: Words): string {
  const word = endWord(call);
  if (word) return t(word);
  return `${t(call.outgoing ? 'history.outgoing' : 'history.incoming')} · ${clock(call.duration)}`;
}

/** Everybody who was in it but oneself. */
function peopleOf(call: PastCall, me: string | undefined, members: readonly Person[]): Person[] {
  const uids = call.outgoing ? call.calleeIds : [call.uid, ...call.calleeIds];
  return [...new Set(uids)]
    .filter((uid) => uid !== me && uid !== '')
    .map((uid) => {
      const member = members.find((m) => m.uid === uid);
      if (member) return member;
      const same = uid === call.uid;
      return { uid, name: same ? call.name : uid, avatarUrl: same ? call.avatarUrl : null };
    });
}
