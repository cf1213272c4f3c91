import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { type Shortcut, shortcuts } from '../../../state/keys.ts';
import { prefs, setPrefs } from '../../../state/prefs.ts';
import { Switch } from '../../switch.tsx';
import { useStore } from '../../use-store.ts';
import style from './settings.module.css';

const parts = [
  ['global', 'keys.global'],
  ['incoming', 'keys.incoming'],
  ['inCall', 'keys.inCall'],
  ['inRoom', 'keys.inRoom'],
] as const;

/** The list of keys, and the switch for single ones. */
export function KeySettings() {
  const { t } = useWords();
  const { singleKeys } = useStore(prefs);
  return (
    <>
      <Switch
        label={t('settings.singleKeys')}
        hint={t('settings.singleKeysHint')}
        on={singleKeys}
        onChange={(on) => setPrefs({ singleKeys: on })}
      />
      {parts.map(([where, word]) => (
        <table key={where} className={style.keys}>
          <caption>{t(word)}</caption>
          <tbody>
            {shortcuts
              .filter((s) => s.where === where)
              .map((s) => (
                <Row key={s.action} shortcut={s} />
              ))}
            {where === 'inCall' && <Extra word="keys.moveSelf" shown={['Alt ←↑↓→']} />}
            {where === 'inRoom' && <Extra word="keys.tiles" shown={['←↑↓→', 'Enter']} />}
          </tbody>
        </table>
      ))}
    </>
  );
}

/** Keys that act where the focus is. */
function Extra({ word, shown }: { word: WordKey; shown: readonly string[] }) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="row">{t(word)}</th>
      <td>
        {shown.map((keys) => (
          <Chord key={keys} keys={keys} />
        ))}
      </td>
    </tr>
  );
}

function Row({ shortcut }: { shortcut: Shortcut }) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="row">{t(shortcut.word)}</th>
      <td>
        {shortcut.shown.map((keys) => (
          <Chord key={keys} keys={keys} />
        ))}
      </td>
    </tr>
  );
}

function Chord({ keys }: { keys: string }) {
  return (
    <span className={style.chord}>
      {keys.split(' ').map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
