import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { Button } from './button.tsx';
import style from './dialog.module.css';
import { useGround } from './ground.ts';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
  role?: 'dialog' | 'alertdialog';
}

/** A dialog over the page; a sheet from below on phones. Esc and the backdrop close it. */
export function Dialog({ title, open, onClose, children, actions, role = 'dialog' }: DialogProps) {
  const { t } = useWords();
  const ground = useGround();
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(now) => !now && onClose()}
      isDismissable
      className={style.overlay ?? ''}
    >
      <Modal {...ground} className={style.modal ?? ''}>
        <AriaDialog className={style.dialog ?? ''} role={role}>
          <header className={style.header}>
            <Heading slot="title" level={2} className={style.title ?? ''}>
              {title}
            </Heading>
            <IconButton icon="close" label={t('common.close')} onPress={onClose} />
          </header>
          <div className={style.body}>{children}</div>
          {actions && <footer className={style.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  title: string;
  body: string;
  action: string;
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

/** A question before something that cannot be taken back. */
export function Confirm({ title, body, action, open, onClose, onConfirm }: ConfirmProps) {
  const { t } = useWords();
  return (
    <Dialog
      role="alertdialog"
      title={title}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            kind="danger"
            onPress={() => {
              onConfirm();
              onClose();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <p>{body}</p>
    </Dialog>
  );
}
