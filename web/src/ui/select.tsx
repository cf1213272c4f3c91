import {
  Button as AriaButton,
  Select as AriaSelect,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import { useGround } from './ground.ts';
import { Icon } from './icons.tsx';
import menu from './menu.module.css';
import style from './select.module.css';

export interface Choice {
  id: string;
  title: string;
}

interface SelectProps {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (id: string) => void;
  isDisabled?: boolean;
}

/** One of a list, chosen from a popover. */
export function Select({ label, value, choices, onChange, isDisabled = false }: SelectProps) {
  const ground = useGround();
  return (
    <AriaSelect
      className={style.select ?? ''}
      value={value}
      isDisabled={isDisabled}
      onChange={(id) => {
        if (id !== null) onChange(String(id));
      }}
    >
      <Label className={style.label}>{label}</Label>
      <AriaButton className={style.button ?? ''}>
        <SelectValue className={style.value ?? ''} />
        <Icon name="down" size={20} />
      </AriaButton>
      <Popover {...ground} className={menu.popover ?? ''} offset={4}>
        <ListBox className={menu.menu ?? ''}>
          {choices.map((choice) => (
            <ListBoxItem key={choice.id} id={choice.id} textValue={choice.title} className={menu.item ?? ''}>
              {({ isSelected }) => (
                <>
                  <span className={menu.title}>{choice.title}</span>
                  <span className={menu.check}>{isSelected && <Icon name="check" size={20} />}</span>
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
