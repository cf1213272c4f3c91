import { useEffect, useRef } from 'react';
import { clock } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { type CallView, callName } from '../../../state/call-view.ts';
import { groups } from '../../../state/groups.ts';
import { putAway, redial } from '../../../state/phone.ts';
import { Avatar } from '../../avatar.tsx';
import { Button } from '../../button.tsx';
import { useStore } from '../../use-store.ts';
import style from './call-screen.module.css';

/** Why it is over, how long it was, and once more. */
export function EndedPanel({ view }: { view: CallView }) {
  const { t } = useWords();
  const name = callName(view, useStore(groups).data);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { end } = view;
  if (!end) return null;
  return (
    <div className={style.center}>
      <Avatar name={name} url={view.isGroup ? null : view.peer.avatarUrl} size={96} />
      <h1 className={style.who}>{name}</h1>
      <p className={style.line}>
        <span data-testid="call-status">{t(end.key)}</span>
        {end.seconds !== undefined && (
          <>
            {' · '}
            <span className="tabular" data-testid="call-duration">
              {clock(end.seconds)}
            </span>
          </>
        )}
      </p>
      <div className={style.buttons}>
        {end.redial && (
          <Button
            ref={first}
            kind="primary"
            icon={view.kind === 'video' ? 'camera' : 'phone'}
            onPress={redial}
          >
            {t(end.rejoin ? 'net.rejoin' : 'call.again')}
          </Button>
        )}
        <Button {...(end.redial ? {} : { ref: first })} onPress={putAway}>
          {t('call.done')}
        </Button>
      </div>
    </div>
  );
}
