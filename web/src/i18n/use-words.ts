import { useTranslation } from 'react-i18next';
import type { WordKey, WordValues } from './index.ts';

export interface Words {
  t: (key: WordKey, values?: WordValues) => string;
  language: string;
}

/** The words for a component: typed keys, and drawn again when the language changes. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  return { t: (key, values) => t(key, values ?? {}), language: i18n.language };
}
