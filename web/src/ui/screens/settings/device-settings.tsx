import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { chooseDevice } from '../../../state/choose-device.ts';
import { canChooseSpeaker, type DeviceKind, refreshDevices } from '../../../state/devices.ts';
import { openDevice, stopStream } from '../../../state/media.ts';
import { type Device, faultOf, type MediaFault } from '../../../state/media-problem.ts';
import { prefs } from '../../../state/prefs.ts';
import { playTest } from '../../../state/tones.ts';
import { Button } from '../../button.tsx';
import { Select } from '../../select.tsx';
import { deviceOf, useDeviceChoices } from '../../use-device-choices.ts';
import { useStore } from '../../use-store.ts';
import { FaultNote } from './fault-note.tsx';
import { MicMeter } from './mic-meter.tsx';
import style from './settings.module.css';

/** Which devices to use, and whether they work. */
export function DeviceSettings() {
  const { t } = useWords();
  const [testing, setTesting] = useState(false);
  const test = () => {
    setTesting(true);
    playTest(prefs.get().audiooutput);
    setTimeout(() => setTesting(false), 1200);
  };
  return (
    <>
      <div className={style.group}>
        <DeviceSelect kind="audioinput" />
        <Check device="mic" />
      </div>
      <div className={style.group}>
        {canChooseSpeaker ? (
          <DeviceSelect kind="audiooutput" />
        ) : (
          <p className={style.hint}>{t('media.speakerFixed')}</p>
        )}
        <Button icon="speaker" isDisabled={testing} onPress={test}>
          {t(testing ? 'media.testing' : 'media.test')}
        </Button>
      </div>
      <div className={style.group}>
        <DeviceSelect kind="videoinput" />
        <Check device="cam" />
      </div>
    </>
  );
}

function DeviceSelect({ kind }: { kind: DeviceKind }) {
  const { title, choices, selected } = useDeviceChoices(kind);
  return (
    <div className={style.full}>
      <Select
        label={title}
        value={selected}
        choices={choices}
        onChange={(id) => void chooseDevice(kind, deviceOf(id))}
      />
    </div>
  );
}

/** Opens the device until stopped, and shows what comes out of it or what is in the way. */
function Check({ device }: { device: Device }) {
  const { t } = useWords();
  const kind = device === 'mic' ? 'audioinput' : 'videoinput';
  const chosen = useStore(prefs)[kind];
  const [on, setOn] = useState(false);
  const [stream, setStream] = useState<MediaStream>();
  const [fault, setFault] = useState<MediaFault>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `openDevice` reads the choice; another one opens anew.
  useEffect(() => {
    if (!on) return;
    let gone = false;
    let opened: MediaStream | undefined;
    openDevice(device).then(
      (now) => {
        opened = now;
        if (gone) return stopStream(now);
        setFault(undefined);
        setStream(now);
        void refreshDevices();
      },
      (error: unknown) => {
        if (gone) return;
        setFault(faultOf(error));
        setOn(false);
      },
    );
    return () => {
      gone = true;
      stopStream(opened);
      setStream(undefined);
    };
  }, [on, device, chosen]);

  return (
    <>
      {fault && <FaultNote device={device} fault={fault} />}
      {stream && (device === 'mic' ? <MicMeter stream={stream} /> : <Preview stream={stream} />)}
      <Button icon={device === 'mic' ? 'mic' : 'camera'} onPress={() => setOn(!on)}>
        {t(on ? 'media.stopCheck' : device === 'mic' ? 'media.askMic' : 'media.askCam')}
      </Button>
    </>
  );
}

function Preview({ stream }: { stream: MediaStream }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} className={style.preview} autoPlay playsInline muted />;
}
