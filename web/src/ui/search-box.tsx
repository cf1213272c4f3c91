import { Input, SearchField } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icons.tsx';
import style from './search-box.module.css';

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

/** A search field that says what it searches and can be emptied. */
export function SearchBox({ label, value, onChange, autoFocus = false }: SearchBoxProps) {
  const { t } = useWords();
  return (
    <SearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      className={style.search ?? ''}
    >
      <Icon name="search" size={20} />
      <Input className={style.input ?? ''} placeholder={label} enterKeyHint="search" />
      {value !== '' && <IconButton kind="small" icon="close" label={t('common.clear')} />}
    </SearchField>
  );
}
