import { useEffect, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { dismiss, type Toast, toastLife, toasts } from '../state/toasts.ts';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { IconButton } from './icon-button.tsx';
import { Icon, type IconName } from './icons.tsx';
import style from './toast-region.module.css';
import { useStore } from './use-store.ts';

const icons: Record<Toast['kind'], IconName> = { info: 'info', ok: 'check', warn: 'warn', danger: 'warn' };

/** Short notices. They wait while the pointer or the focus is on them. */
export function ToastRegion() {
  const list = useStore(toasts);
  const [held, setHeld] = useState(false);
  return (
    <div
      className={style.region}
      role="status"
      data-react-aria-top-layer="true"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {list.map((toast) => (
        <ToastCard key={toast.id} toast={toast} held={held} />
      ))}
    </div>
  );
}

function ToastCard({ toast, held }: { toast: Toast; held: boolean }) {
  const { t } = useWords();
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(toast.id), toastLife(toast));
    return () => clearTimeout(timer);
  }, [held, toast]);
  const { action } = toast;
  return (
    <div className={classes(style.toast, style[toast.kind])}>
      <Icon name={icons[toast.kind]} size={20} />
      <span className={style.words}>{t(toast.key, toast.values)}</span>
      {action && (
        <Button
          kind="plain"
          onPress={() => {
            action.run();
            dismiss(toast.id);
          }}
        >
          {t(action.key)}
        </Button>
      )}
      <IconButton icon="close" kind="small" label={t('common.dismiss')} onPress={() => dismiss(toast.id)} />
    </div>
  );
}
