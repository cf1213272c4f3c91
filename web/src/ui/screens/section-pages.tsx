import type { ReactNode } from 'react';
import type { WordKey } from '../../i18n/index.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Card } from '../card.tsx';
import { classes } from '../classes.ts';
import { Icon, type IconName } from '../icons.tsx';
import { Link } from '../link.tsx';
import { Page } from './page.tsx';
import { Pair } from './pair.tsx';
import style from './section-pages.module.css';

export interface Section {
  /** The last part of its address. */
  id: string;
  word: WordKey;
  icon: IconName;
  body: () => ReactNode;
}

interface SectionPagesProps {
  title: string;
  /** Where the list of sections is; a section lies below it. */
  base: string;
  sections: readonly Section[];
  section: string | undefined;
  /** A way to another page, after the sections. */
  elsewhere?: { href: string; word: WordKey; icon: IconName };
  /** Below the list. */
  foot?: ReactNode;
}

/** Sections beside the open one; one of the two on narrow screens. */
export function SectionPages({ title, base, sections, section, elsewhere, foot }: SectionPagesProps) {
  const { t } = useWords();
  const chosen = sections.find((s) => s.id === section);
  const shown = chosen ?? sections[0];
  const items = sections.map((s) => ({ ...s, href: `${base}/${s.id}` }));
  return (
    <Page wide title={title} {...(chosen ? { back: { to: base, narrow: true } } : {})}>
      <Pair
        opened={chosen !== undefined}
        list={
          <nav className={style.list} aria-label={title}>
            <Card>
              <ul>
                {[...items, ...(elsewhere ? [{ ...elsewhere, id: undefined }] : [])].map((item) => (
                  <li key={item.href}>
                    <Link
                      href={item.href}
                      className={classes(
                        style.item,
                        item.id !== undefined && item.id === shown?.id && style.here,
                      )}
                      aria-current={item.id !== undefined && item.id === chosen?.id ? 'page' : undefined}
                    >
                      <Icon name={item.icon} />
                      <span className={style.word}>{t(item.word)}</span>
                      <Icon name="forward" size={18} />
                    </Link>
                  </li>
                ))}
              </ul>
            </Card>
            {foot}
          </nav>
        }
        detail={shown && <Card title={t(shown.word)}>{shown.body()}</Card>}
      />
    </Page>
  );
}
