import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { retryMic, toggleCamera } from '../../../state/in-call.ts';
import { faults } from '../../../state/media.ts';
import { type Device, faultWords } from '../../../state/media-problem.ts';
import { Banner } from '../../banners.tsx';
import { Button } from '../../button.tsx';
import type { IconName } from '../../icons.tsx';
import { useStore } from '../../use-store.ts';

const kinds: readonly Device[] = ['mic', 'cam'];

const retryInCall = (device: Device) => void (device === 'mic' ? retryMic() : toggleCamera());

/** Why the microphone or the camera does not work, and another try. The call goes on. */
export function MediaFaults({ retry = retryInCall }: { retry?: (device: Device) => void }) {
  const { t } = useWords();
  const { mic, cam } = useStore(faults);
  // What stops both for one reason is said once.
  const both = mic !== undefined && mic === cam && (mic === 'denied' || mic === 'insecure');
  return (
    <div role="alert">
      {both ? (
        <Fault
          icon="micOff"
          title={t(mic === 'insecure' ? 'media.insecure' : 'media.bothDenied')}
          cure={t(mic === 'insecure' ? 'media.insecureCure' : 'media.bothDeniedCure')}
        >
          {mic === 'denied' && <Retry onPress={() => kinds.forEach(retry)} />}
        </Fault>
      ) : (
        kinds.map((device) => {
          const fault = device === 'mic' ? mic : cam;
          if (!fault) return null;
          const words = faultWords(device, fault);
          return (
            <Fault
              key={device}
              icon={device === 'mic' ? 'micOff' : 'cameraOff'}
              title={t(words.title)}
              cure={words.cure && t(words.cure)}
            >
              {fault !== 'insecure' && fault !== 'silent' && <Retry onPress={() => retry(device)} />}
            </Fault>
          );
        })
      )}
    </div>
  );
}

interface FaultProps {
  icon: IconName;
  title: string;
  cure: string | undefined;
  children: ReactNode;
}

function Fault({ icon, title, cure, children }: FaultProps) {
  return (
    <Banner icon={icon} tone="warn" words={cure ? `${title}. ${cure}` : title}>
      {children}
    </Banner>
  );
}

function Retry({ onPress }: { onPress: () => void }) {
  const { t } = useWords();
  return (
    <Button kind="plain" onPress={onPress}>
      {t('common.retry')}
    </Button>
  );
}
