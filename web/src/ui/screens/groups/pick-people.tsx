import type { Person } from '../../../state/sdk.ts';
import { Avatar } from '../../avatar.tsx';
import { CheckboxRow } from '../../checkbox-row.tsx';
import style from './groups.module.css';

interface PickPeopleProps {
  people: readonly Person[];
  picked: ReadonlySet<string>;
  onChange: (picked: ReadonlySet<string>) => void;
  /** No more than this many. */
  most?: number;
}

/** People to tick. */
export function PickPeople({ people, picked, onChange, most = Number.POSITIVE_INFINITY }: PickPeopleProps) {
  const toggle = (uid: string, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(uid);
    else next.delete(uid);
    onChange(next);
  };
  return (
    <div className={style.picks}>
      {people.map((person) => {
        const on = picked.has(person.uid);
        return (
          <CheckboxRow
            key={person.uid}
            on={on}
            isDisabled={!on && picked.size >= most}
            onChange={(now) => toggle(person.uid, now)}
          >
            <Avatar name={person.name} url={person.avatarUrl} size={32} />
            <span className={style.name}>{person.name}</span>
          </CheckboxRow>
        );
      })}
    </div>
  );
}
