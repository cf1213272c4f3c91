import { useWords } from '../../../i18n/use-words.ts';
import { faults } from '../../../state/media.ts';
import { type Device, faultWords } from '../../../state/media-problem.ts';
import { retryMic, toggleCamera } from '../../../state/phone.ts';
import { Banner } from '../../banners.tsx';
import { Button } from '../../button.tsx';
import { useStore } from '../../use-store.ts';

const kinds: readonly Device[] = ['mic', 'cam'];

/** Why the microphone or the camera does not work, and another try. The call goes on. */
export function MediaFaults() {
  const { t } = useWords();
  const now = useStore(faults);
  // On an insecure page both are missing for one reason: it is said once.
  const shown = kinds.filter(
    (device) => now[device] && !(device === 'cam' && now.cam === 'insecure' && now.mic === 'insecure'),
  );
  return (
    <div role="alert">
      {shown.map((device) => {
        const fault = now[device];
        if (!fault) return null;
        const words = faultWords(device, fault);
        const text = words.cure ? `${t(words.title)}. ${t(words.cure)}` : t(words.title);
        return (
          <Banner key={device} icon={device === 'mic' ? 'micOff' : 'cameraOff'} tone="warn" words={text}>
            {fault !== 'insecure' && fault !== 'silent' && (
              <Button kind="plain" onPress={() => void (device === 'mic' ? retryMic() : toggleCamera())}>
                {t('common.retry')}
              </Button>
            )}
          </Banner>
        );
      })}
    </div>
  );
}
