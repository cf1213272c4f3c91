import { useWords } from '../i18n/use-words.ts';
import { assertive, polite } from '../state/announcer.ts';
import { useStore } from './use-store.ts';

/** What screen readers hear. Always mounted, and never hidden by a dialog. */
export function LiveRegions() {
  const { t } = useWords();
  const soft = useStore(polite);
  const loud = useStore(assertive);
  return (
    <div data-live-announcer="true">
      <div className="visually-hidden" aria-live="polite">
        {soft && <span key={soft.turn}>{t(soft.key, soft.values)}</span>}
      </div>
      <div className="visually-hidden" aria-live="assertive">
        {loud && <span key={loud.turn}>{t(loud.key, loud.values)}</span>}
      </div>
    </div>
  );
}
