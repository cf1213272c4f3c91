import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components';
import style from './button.module.css';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';

export interface ButtonProps extends Omit<AriaProps, 'className' | 'children' | 'style'> {
  kind?: 'primary' | 'soft' | 'plain' | 'danger';
  icon?: IconName;
  wide?: boolean;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** A button with words; one `primary` at most on a screen. */
export function Button({ kind = 'soft', icon, wide, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classes(style.button, style[kind], wide && style.wide)}>
      {icon && <Icon name={icon} size={20} />}
      <span className={style.words}>{children}</span>
    </AriaButton>
  );
}
