import { Switch as AriaSwitch } from 'react-aria-components';
import style from './switch.module.css';

interface SwitchProps {
  label: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
  isDisabled?: boolean;
}

/** On or off, at once. */
export function Switch({ label, hint, on, onChange, isDisabled = false }: SwitchProps) {
  return (
    <AriaSwitch className={style.switch ?? ''} isSelected={on} onChange={onChange} isDisabled={isDisabled}>
      <span className={style.words}>
        <span className={style.label}>{label}</span>
        {hint && <span className={style.hint}>{hint}</span>}
      </span>
      <span className={style.track} aria-hidden="true" />
    </AriaSwitch>
  );
}
