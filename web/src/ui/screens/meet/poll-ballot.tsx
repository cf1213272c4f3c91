import { type FormEvent, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Poll } from '../../../state/sdk.ts';
import { toastProblem } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { CheckboxRow } from '../../checkbox-row.tsx';
import { ChoiceGroup } from '../../choice-group.tsx';
import style from './poll.module.css';

interface PollBallotProps {
  poll: Poll;
  onVote: (options: readonly number[]) => Promise<void>;
}

/** One's answer, before it is given. */
export function PollBallot({ poll, onVote }: PollBallotProps) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<readonly number[]>(poll.myVote ?? []);
  const [busy, setBusy] = useState(false);
  const { options, multiple, anonymous } = poll;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (chosen.length === 0 || busy) return;
    setBusy(true);
    await onVote(chosen).catch(toastProblem);
    setBusy(false);
  };
  const tick = (index: number, on: boolean) =>
    setChosen(on ? [...chosen, index] : chosen.filter((other) => other !== index));
  return (
    <form className={style.ballot} onSubmit={submit}>
      {multiple ? (
        <fieldset className={style.choices}>
          <legend className={style.legend}>{t('poll.chooseMany')}</legend>
          {options.map((option, index) => (
            <CheckboxRow key={option} on={chosen.includes(index)} onChange={(on) => tick(index, on)}>
              <span className={style.words}>{option}</span>
            </CheckboxRow>
          ))}
        </fieldset>
      ) : (
        <ChoiceGroup
          label={t('poll.choose')}
          value={String(chosen[0] ?? '')}
          choices={options.map((title, index) => ({ id: String(index), title }))}
          onChange={(index) => setChosen([Number(index)])}
        />
      )}
      <p className={style.note}>{t(anonymous ? 'poll.anonymousNote' : 'poll.namedNote')}</p>
      <Button kind="primary" type="submit" isDisabled={chosen.length === 0 || busy}>
        {t('poll.vote')}
      </Button>
    </form>
  );
}
