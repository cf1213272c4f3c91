import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { when } from '../../../../i18n/format.ts';
import { useWords } from '../../../../i18n/use-words.ts';
import { toast } from '../../../../state/toasts.ts';
import { classes } from '../../../classes.ts';
import { IconButton } from '../../../icon-button.tsx';
import { PanelFrame } from './panel-frame.tsx';
import style from './panels.module.css';
import type { ChatLog } from './use-chat-log.ts';

/** What was written, and the next message. */
export function ChatPanel({ log }: { log: ChatLog }) {
  const { t, language } = useWords();
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const { messages } = log;
  const count = messages.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a message that came is the reason to go down.
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  return (
    <PanelFrame title={t('room.chat')} focus={() => input.current}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <div ref={list} className={style.log} role="log" aria-label={t('room.chat')} tabIndex={0}>
        {count === 0 && (
          <p className={style.nothing}>
            <strong>{t('room.chatEmpty')}</strong>
            {t(log.hint)}
          </p>
        )}
        {messages.map(({ id, who, name, own, text, at }, i) => (
          <div key={id} className={classes(style.message, own && style.own)}>
            <span className={i > 0 && messages[i - 1]?.who === who ? 'visually-hidden' : style.who}>
              {own ? t('common.you') : name}
              <time>{when(at, language)}</time>
            </span>
            <span className={style.bubble}>{text}</span>
          </div>
        ))}
      </div>
      <Composer input={input} longest={log.longest} onSend={log.send} />
    </PanelFrame>
  );
}

interface ComposerProps {
  input: RefObject<HTMLTextAreaElement | null>;
  longest: number;
  onSend: (text: string) => Promise<unknown>;
}

/** Enter sends, unless an input method is composing or Shift makes a new line. */
function Composer({ input, longest, onSend }: ComposerProps) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const wanted = text.trim();
    if (wanted === '' || busy) return;
    setBusy(true);
    try {
      await onSend(wanted);
      setText('');
    } catch {
      // What was written stays, to be sent again.
      toast('danger', 'room.sendFailed');
    } finally {
      setBusy(false);
    }
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    void send();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form className={style.composer} onSubmit={submit}>
      <textarea
        ref={input}
        className={style.input}
        aria-label={t('room.message')}
        placeholder={t('room.message')}
        rows={1}
        maxLength={longest}
        value={text}
        enterKeyHint="send"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={key}
      />
      <IconButton
        kind="accent"
        icon="send"
        label={t('room.send')}
        isDisabled={text.trim() === ''}
        type="submit"
      />
    </form>
  );
}
