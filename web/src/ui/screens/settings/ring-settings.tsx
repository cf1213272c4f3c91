import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { prefs, setPrefs } from '../../../state/prefs.ts';
import { play } from '../../../state/tones.ts';
import { Button } from '../../button.tsx';
import { Slider } from '../../slider.tsx';
import { Switch } from '../../switch.tsx';
import { useStore } from '../../use-store.ts';
import style from './settings.module.css';

/** Whether and how loud this device rings. */
export function RingSettings() {
  const { t } = useWords();
  const { ring, ringVolume, notify } = useStore(prefs);
  const [trying, setTrying] = useState(false);
  const [blocked, setBlocked] = useState(false);
  useEffect(() => (trying ? play('ringtone', ringVolume) : undefined), [trying, ringVolume]);

  const setNotify = async (on: boolean) => {
    if (on && Notification.permission !== 'granted') {
      const answer = await Notification.requestPermission();
      setBlocked(answer !== 'granted');
      if (answer !== 'granted') return;
    }
    setPrefs({ notify: on });
  };
  const possible = typeof Notification !== 'undefined';
  const hint = !possible ? t('settings.notifyNone') : blocked ? t('settings.notifyBlocked') : undefined;

  return (
    <>
      <Switch label={t('settings.ringOn')} on={ring} onChange={(on) => setPrefs({ ring: on })} />
      <Slider
        label={t('settings.ringVolume')}
        value={ringVolume}
        onChange={(v) => setPrefs({ ringVolume: v })}
      />
      <div className={style.group}>
        <Button icon="bell" onPress={() => setTrying(!trying)}>
          {t(trying ? 'settings.ringStop' : 'settings.ringTry')}
        </Button>
      </div>
      <Switch
        label={t('settings.notify')}
        {...(hint ? { hint } : {})}
        on={notify && possible}
        isDisabled={!possible}
        onChange={(on) => void setNotify(on)}
      />
    </>
  );
}
