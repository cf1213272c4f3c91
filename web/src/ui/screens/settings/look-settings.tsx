import { useWords } from '../../../i18n/use-words.ts';
import { prefs, setPrefs } from '../../../state/prefs.ts';
import { ChoiceGroup } from '../../choice-group.tsx';
import { useStore } from '../../use-store.ts';

export function LookSettings() {
  const { t } = useWords();
  const { theme } = useStore(prefs);
  return (
    <ChoiceGroup
      label={t('settings.theme')}
      value={theme}
      choices={[
        { id: 'auto', title: t('settings.themeAuto') },
        { id: 'light', title: t('settings.themeLight') },
        { id: 'dark', title: t('settings.themeDark') },
      ]}
      onChange={(id) => setPrefs({ theme: id === 'light' || id === 'dark' ? id : 'auto' })}
    />
  );
}
