import { Label, Tag, TagGroup, TagList } from 'react-aria-components';
import { useWords } from '../../../i18n/use-words.ts';
import type { Chosen } from '../../../state/invite-form.ts';
import field from '../../field.module.css';
import { IconButton } from '../../icon-button.tsx';
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
      <Label className={field.label}>{t('invite.chosen')}</Label>
      <TagList className={style.chips ?? ''}>
        {chosen.map(({ name, label }) => (
          <Tag key={name} id={name} textValue={label} className={style.chip ?? ''}>
            <span className={style.chipName}>{label}</span>
            <IconButton slot="remove" kind="small" icon="close" label={t('invite.drop', { name: label })} />
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  );
}
