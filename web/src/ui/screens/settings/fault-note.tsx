import { useWords } from '../../../i18n/use-words.ts';
import { type Device, faultWords, type MediaFault } from '../../../state/media-problem.ts';
import { Icon } from '../../icons.tsx';
import style from './settings.module.css';

/** What is wrong with a device, and the cure. */
export function FaultNote({ device, fault }: { device: Device; fault: MediaFault }) {
  const { t } = useWords();
  const words = faultWords(device, fault);
  return (
    <p className={style.fault} role="alert">
      <Icon name="warn" size={20} />
      <span>
        <strong>{t(words.title)}</strong>
        {words.cure && t(words.cure)}
      </span>
    </p>
  );
}
