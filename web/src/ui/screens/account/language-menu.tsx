import { useWords } from '../../../i18n/use-words.ts';
import { setPrefs } from '../../../state/prefs.ts';
import { Button } from '../../button.tsx';
import { Menu } from '../../menu.tsx';

/** The two languages, each in its own words. */
export function LanguageMenu() {
  const { t, language } = useWords();
  return (
    <Menu
      label={t('settings.language')}
      entries={[
        { id: 'zh-CN', title: '简体中文', run: () => setPrefs({ language: 'zh-CN' }) },
        { id: 'en', title: 'English', run: () => setPrefs({ language: 'en' }) },
      ]}
    >
      <Button kind="plain" icon="globe">
        {language === 'zh-CN' ? '简体中文' : 'English'}
      </Button>
    </Menu>
  );
}
