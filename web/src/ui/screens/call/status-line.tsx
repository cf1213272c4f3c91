import { useWords } from '../../../i18n/use-words.ts';
import type { CallView } from '../../../state/call-view.ts';
import { stateWord } from '../../../state/call-words.ts';
import { Duration } from './duration.tsx';

/** One line: how far the call is, or how long it has been. */
export function StatusLine({ view }: { view: CallView }) {
  const { t } = useWords();
  const running = view.state === 'connected';
  const word = view.end?.key ?? stateWord(view.state);
  return (
    <>
      <span data-testid="call-status" className={running ? 'visually-hidden' : undefined}>
        {t(word)}
      </span>
      {running && view.connectedAt && <Duration since={view.connectedAt} />}
    </>
  );
}
