import type { ReactElement } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { classes } from './classes.ts';
import { useGround } from './ground.ts';
import { Icon, type IconName } from './icons.tsx';
import style from './menu.module.css';

export interface MenuEntry {
  id: string;
  title: string;
  icon?: IconName;
  danger?: boolean;
  checked?: boolean;
  run: () => void;
}

/** A menu that the button `children` opens. */
export function Menu({
  label,
  entries,
  children,
}: {
  label: string;
  entries: readonly MenuEntry[];
  children: ReactElement;
}) {
  const ground = useGround();
  return (
    <MenuTrigger>
      {children}
      <Popover {...ground} className={style.popover ?? ''} offset={6}>
        <AriaMenu
          aria-label={label}
          className={style.menu ?? ''}
          onAction={(id) => entries.find((entry) => entry.id === id)?.run()}
        >
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.title}
              className={classes(style.item, entry.danger && style.danger)}
            >
              {entry.icon && <Icon name={entry.icon} size={20} />}
              <span className={style.title}>{entry.title}</span>
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
