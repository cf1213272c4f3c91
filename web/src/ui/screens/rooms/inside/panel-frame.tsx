import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { panel } from '../../../../state/in-room.ts';
import { IconButton } from '../../../icon-button.tsx';
import style from './panels.module.css';

interface PanelFrameProps {
  title: string;
  /** Takes the focus when the panel opens; its heading when absent. */
  focus?: () => HTMLElement | null;
  children: ReactNode;
}

/** Something beside the stage, or over it on narrow screens. The focus goes back where it came from. */
export function PanelFrame({ title, focus, children }: PanelFrameProps) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const wanted = useRef(focus);
  useEffect(() => {
    const before = document.activeElement;
    (wanted.current?.() ?? heading.current)?.focus({ preventScroll: true });
    return () => {
      const inside = document.activeElement;
      // Whoever has gone on elsewhere is not called back.
      if (inside && inside !== document.body) return;
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside className={style.panel} aria-label={title} data-region="panel">
      <header className={style.head}>
        <h2 ref={heading} tabIndex={-1} className={style.title} data-region-focus="">
          {title}
        </h2>
        <IconButton icon="close" label={t('common.close')} onPress={() => panel.set(undefined)} />
      </header>
      {children}
    </aside>
  );
}
