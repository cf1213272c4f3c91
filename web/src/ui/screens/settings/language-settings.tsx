import { useWords } from '../../../i18n/use-words.ts';
import { prefs, setPrefs } from '../../../state/prefs.ts';
import { ChoiceGroup } from '../../choice-group.tsx';
import { useStore } from '../../use-store.ts';

export function LanguageSettings() {
  const { t } = useWords();
  const { language } = useStore(prefs);
  return (
    <ChoiceGroup
      label={t('settings.language')}
      value={language}
      choices={[
        { id: 'auto', title: t('settings.langAuto') },
        { id: 'zh-CN', title: '简体中文' },
        { id: 'en', title: 'English' },
      ]}
      onChange={(id) => setPrefs({ language: id === 'en' || id === 'zh-CN' ? id : 'auto' })}
    />
  );
}
