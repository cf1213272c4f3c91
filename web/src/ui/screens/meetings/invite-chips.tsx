import { Button as AriaButton, Label, Tag, TagGroup, TagList } from 'react-aria-components';
import { useWords } from '../../../i18n/use-words.ts';
import type { Chosen } from '../../../state/invite-form.ts';
import { Icon } from '../../icons.tsx';
import style from './invite.module.css';

interface InviteChipsProps {
  chosen: readonly Chosen[];
  onDrop: (names: ReadonlySet<string>) => void;
}

/** Who will be invited; each goes by its cross, or by Delete. */
export function InviteChips({ chosen, onDrop }: InviteChipsProps) {
  const { t } = useWords();
  if (chosen.length === 0) return null;
  return (
    <TagGroup className={style.chosen ?? ''} onRemove={(keys) => onDrop(new Set([...keys].map(String)))}>
      <Label className={style.label}>{t('invite.chosen')}</Label>
      <TagList className={style.chips ?? ''}>
        {chosen.map(({ name, label }) => (
          <Tag key={name} id={name} textValue={label} className={style.chip ?? ''}>
            <span className={style.chipName}>{label}</span>
            <AriaButton
              slot="remove"
              className={style.cross ?? ''}
              aria-label={t('invite.drop', { name: label })}
            >
              <Icon name="close" size={16} />
            </AriaButton>
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  );
}
