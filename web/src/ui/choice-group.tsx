import { Label, Radio, RadioGroup } from 'react-aria-components';
import style from './choice-group.module.css';
import type { Choice } from './select.tsx';

interface ChoiceGroupProps {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (id: string) => void;
}

/** One of a few, all in sight. */
export function ChoiceGroup({ label, value, choices, onChange }: ChoiceGroupProps) {
  return (
    <RadioGroup className={style.group ?? ''} value={value} onChange={onChange}>
      <Label className={style.label}>{label}</Label>
      {choices.map((choice) => (
        <Radio key={choice.id} value={choice.id} className={style.radio ?? ''}>
          <span className={style.mark} aria-hidden="true" />
          {choice.title}
        </Radio>
      ))}
    </RadioGroup>
  );
}
