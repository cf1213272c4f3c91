import { type ComponentProps, useState } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { classes } from './classes.ts';
import style from './field.module.css';
import { IconButton } from './icon-button.tsx';

interface FieldProps extends Omit<ComponentProps<typeof TextField>, 'className' | 'children' | 'style'> {
  label: string;
  hint?: string;
  /** What is wrong with the value, if anything. */
  error?: string;
  optional?: boolean;
  /** Of several lines; one, unless said. */
  rows?: number;
}

/** A labelled text field; a password can be shown. */
export function Field({ label, hint, error, optional, type, rows, ...rest }: FieldProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const secret = type === 'password';
  return (
    <TextField
      {...rest}
      type={secret && shown ? 'text' : (type ?? 'text')}
      isInvalid={error !== undefined}
      className={style.field ?? ''}
    >
      <Label className={style.label}>
        {label}
        {optional && <span className={style.optional}> {t('common.optional')}</span>}
      </Label>
      <div className={style.box}>
        {rows === undefined ? (
          <Input className={style.input ?? ''} />
        ) : (
          <TextArea rows={rows} className={classes(style.input, style.lines)} />
        )}
        {secret && (
          <IconButton
            kind="small"
            icon={shown ? 'eyeOff' : 'eye'}
            label={t(shown ? 'account.hidePassword' : 'account.showPassword')}
            onPress={() => setShown(!shown)}
          />
        )}
      </div>
      {hint && !error && (
        <Text slot="description" className={style.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={style.error ?? ''}>{error}</FieldError>
    </TextField>
  );
}
