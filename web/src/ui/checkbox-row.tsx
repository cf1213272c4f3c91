import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components';
import style from './checkbox-row.module.css';
import { Icon } from './icons.tsx';

interface CheckboxRowProps {
  on: boolean;
  onChange: (on: boolean) => void;
  isDisabled?: boolean;
  children: ReactNode;
}

/** A row to tick. */
export function CheckboxRow({ on, onChange, isDisabled = false, children }: CheckboxRowProps) {
  return (
    <Checkbox className={style.row ?? ''} isSelected={on} onChange={onChange} isDisabled={isDisabled}>
      <span className={style.box} aria-hidden="true">
        {on && <Icon name="check" size={18} />}
      </span>
      {children}
    </Checkbox>
  );
}
