import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { DoorDevice, type DoorState } from '../../../state/door-device.ts';
import type { Device } from '../../../state/media-problem.ts';
import { enter, type Visit } from '../../../state/room-visit.ts';
import { go } from '../../../state/router.ts';
import { session } from '../../../state/session.ts';
import { Avatar } from '../../avatar.tsx';
import { Banners } from '../../banners.tsx';
import { Button } from '../../button.tsx';
import { Dialog } from '../../dialog.tsx';
import { IconButton } from '../../icon-button.tsx';
import { useStore } from '../../use-store.ts';
import { Picture } from '../call/picture.tsx';
import { DeviceSettings } from '../settings/device-settings.tsx';
import { FaultNote } from '../settings/fault-note.tsx';
import { MicMeter } from '../settings/mic-meter.tsx';
import style from './door.module.css';

type AtDoor = Extract<Visit, { phase: 'door' | 'entering' }>;

/** Before the room: how one will be seen and heard. Joining is never blocked by a device. */
export function Door({ visit }: { visit: AtDoor }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const [settings, setSettings] = useState(false);
  const { mic, cam } = useDevices(visit);
  const micState = useStore(mic);
  const camState = useStore(cam);
  const entering = visit.phase === 'entering';
  const silent = micState.is !== 'on' && camState.is !== 'on';
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  const join = () => {
    const [audio, video] = [mic.take(), cam.take()];
    void enter({ ...(audio && { mic: audio }), ...(video && { cam: video }) });
  };
  return (
    <div className={style.screen}>
      <header className={style.top}>
        <IconButton icon="back" label={t('room.back')} onPress={() => go('/rooms')} />
      </header>
      <Banners />
      <main id="main" className={style.body} tabIndex={-1} data-region="main">
        <div className={style.look}>
          <section className={style.preview} aria-label={t('room.preview')} data-theme="dark">
            <Look state={camState} />
            <div className={style.switches}>
              <Toggle device="mic" of={mic} state={micState} disabled={entering} />
              <Toggle device="cam" of={cam} state={camState} disabled={entering} />
            </div>
          </section>
          {micState.is === 'on' && <MicMeter stream={micState.stream} />}
          <Faults device="mic" of={mic} state={micState} />
          <Faults device="cam" of={cam} state={camState} />
        </div>
        <div className={style.side}>
          <h1 ref={heading} tabIndex={-1} className={style.title}>
            {visit.name}
          </h1>
          <Button kind="primary" wide isDisabled={entering} onPress={join}>
            {t(entering ? 'room.joining' : silent ? 'room.listen' : 'room.join')}
          </Button>
          <Button icon="settings" wide isDisabled={entering} onPress={() => setSettings(true)}>
            {t('room.devices')}
          </Button>
        </div>
      </main>
      <Dialog title={t('room.devices')} open={settings} onClose={() => setSettings(false)}>
        <DeviceSettings />
      </Dialog>
    </div>
  );
}

/** Microphone first, then camera: two questions at once are one too many. */
function useDevices({ info }: AtDoor): Record<Device, DoorDevice> {
  const [devices] = useState(() => ({ mic: new DoorDevice('mic'), cam: new DoorDevice('cam') }));
  const video = useRef(true);
  video.current = info?.video !== false;
  useEffect(() => {
    let gone = false;
    const both = [devices.mic, devices.cam];
    const ends = both.map((one) => one.follow());
    void devices.mic.open().then(() => {
      if (!gone && video.current) void devices.cam.open();
    });
    return () => {
      gone = true;
      for (const end of ends) end();
      for (const one of both) one.off();
    };
  }, [devices]);
  return devices;
}

/** Oneself in the mirror, or why not. */
function Look({ state }: { state: DoorState }) {
  const { t } = useWords();
  const now = useStore(session);
  const profile = now.status === 'in' ? now.profile : undefined;
  if (state.is === 'on') {
    return <Picture stream={state.stream} testId="local-video" className={style.mirror} />;
  }
  return (
    <span className={style.noPicture}>
      <Avatar name={profile?.name ?? t('common.you')} url={profile?.avatarUrl ?? null} size={96} />
      <span role="status">{t(state.is === 'starting' ? 'room.starting' : 'room.cameraIsOff')}</span>
    </span>
  );
}

interface OfDevice {
  device: Device;
  of: DoorDevice;
  state: DoorState;
}

function Toggle({ device, of, state, disabled }: OfDevice & { disabled: boolean }) {
  const { t } = useWords();
  const on = state.is === 'on' || state.is === 'starting';
  const label =
    device === 'mic' ? (on ? 'media.mute' : 'media.unmute') : on ? 'media.cameraOff' : 'media.cameraOn';
  const icon = device === 'mic' ? (on ? 'mic' : 'micOff') : on ? 'camera' : 'cameraOff';
  return (
    <IconButton
      kind={on ? 'control' : 'off'}
      icon={icon}
      label={t(label)}
      isDisabled={disabled}
      onPress={() => (on ? of.off() : void of.open())}
    />
  );
}

function Faults({ device, of, state }: OfDevice) {
  const { t } = useWords();
  if (state.is !== 'fault') return null;
  return (
    <div className={style.fault}>
      <FaultNote device={device} fault={state.fault} />
      {state.fault !== 'insecure' && <Button onPress={() => void of.open()}>{t('common.retry')}</Button>}
    </div>
  );
}
