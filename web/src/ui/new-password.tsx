import { useWords } from '../i18n/use-words.ts';
import { strengthOf } from '../state/password-strength.ts';
import { Field } from './field.tsx';
import style from './new-password.module.css';

interface NewPasswordProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
  /** Whose it will be: a password should not say it. */
  name?: string;
  autoFocus?: boolean;
}

const BARS = { weak: 1, fair: 2, strong: 3 } as const;

/** A password that is being chosen, with a hint of how hard it is to guess. */
export function NewPassword({ label, value, onChange, error, name, autoFocus }: NewPasswordProps) {
  const { t } = useWords();
  const strength = value === '' ? undefined : strengthOf(value, name);
  return (
    <div>
      <Field
        label={label}
        hint={t('account.passwordHint')}
        name="password"
        type="password"
        autoComplete="new-password"
        value={value}
        onChange={onChange}
        {...(autoFocus && { autoFocus })}
        {...(error !== undefined && { error })}
      />
      <p className={style.strength} role="status">
        {strength && (
          <>
            <span className={style.bars} data-strength={strength} aria-hidden="true">
              {[1, 2, 3].map((bar) => (
                <span key={bar} className={bar <= BARS[strength] ? style.lit : style.bar} />
              ))}
            </span>
            <span className={style.name}>{t('account.strength')}</span>
            {t(`account.${strength}`)}
          </>
        )}
      </p>
    </div>
  );
}
