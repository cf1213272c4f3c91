import type { Ref } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaProps,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import { classes } from './classes.ts';
import style from './icon-button.module.css';
import { Icon, type IconName } from './icons.tsx';

export interface IconButtonProps extends Omit<AriaProps, 'className' | 'children' | 'aria-label' | 'style'> {
  icon: IconName;
  /** The name, for readers and as a tooltip. */
  label: string;
  kind?: 'plain' | 'accent' | 'control' | 'off' | 'leave' | 'answer' | 'small';
  size?: 'normal' | 'large';
  ref?: Ref<HTMLButtonElement>;
}

/** A round button with an icon and a name that hovering or focus shows. */
export function IconButton({ icon, label, kind = 'plain', size = 'normal', ...rest }: IconButtonProps) {
  const big = size === 'large';
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classes(style.button, style[kind], big && style.large)}
      >
        <Icon name={icon} size={kind === 'small' ? 18 : big ? 28 : 24} />
      </AriaButton>
      <Tooltip className={style.tip ?? ''} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
