import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { DoorDevice, type DoorState } from '../../../state/door-device.ts';
import { guest } from '../../../state/guest.ts';
import type { Device } from '../../../state/media-problem.ts';
import { go } from '../../../state/router.ts';
import { session } from '../../../state/session.ts';
import { enter, type Visit } from '../../../state/visit.ts';
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

export type AtDoor = Extract<Visit, { phase: 'door' | 'entering' | 'waiting' }>;

interface DoorProps {
  visit: AtDoor;
  /** What this door has between the name and the way in. */
  children?: ReactNode;
  /** Shown while somebody has to let one in. */
  waiting?: ReactNode;
  /** What a press on the way in needs first; nothing happens unless it says yes. */
  allows?: () => boolean;
  /** Where one comes from; the list of such places, unless it is given. */
  back?: { title: string; run: () => void };
}

/** Before the place: how one will be seen and heard. Joining is never blocked by a device. */
export function Door({ visit, children, waiting, allows, back }: DoorProps) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const [settings, setSettings] = useState(false);
  const { place, phase } = visit;
  const title = useStore(place.title);
  const { camera } = useStore(place.rights);
  const { mic, cam } = useDevices(visit);
  const micState = useStore(mic);
  const camState = useStore(cam);
  const entering = phase === 'entering';
  const silent = micState.is !== 'on' && camState.is !== 'on';
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    // An audio meeting is known to be one only after a look at it.
    if (!camera) cam.off();
  }, [camera, cam]);

  const join = (event: FormEvent) => {
    event.preventDefault();
    if (allows?.() === false) return;
    void enter(() => {
      const [audio, video] = [mic.take(), cam.take()];
      return { ...(audio && { mic: audio }), ...(video && { cam: video }) };
    });
  };
  return (
    <div className={style.screen}>
      <header className={style.top}>
        <IconButton
          icon="back"
          label={back?.title ?? t(place.kind === 'room' ? 'room.back' : 'meet.back')}
          onPress={back?.run ?? (() => go(place.list))}
        />
      </header>
      <Banners />
      <main id="main" className={style.body} tabIndex={-1} data-region="main">
        <div className={style.look}>
          <section className={style.preview} aria-label={t('room.preview')} data-theme="dark">
            <Look state={camState} />
            <div className={style.switches}>
              <Toggle device="mic" of={mic} state={micState} disabled={entering} />
              {camera && <Toggle device="cam" of={cam} state={camState} disabled={entering} />}
            </div>
          </section>
          {micState.is === 'on' && <MicMeter stream={micState.stream} />}
          <Faults device="mic" of={mic} state={micState} />
          {camera && <Faults device="cam" of={cam} state={camState} />}
        </div>
        <form className={style.side} onSubmit={join} noValidate>
          <h1 ref={heading} tabIndex={-1} className={style.title}>
            {title}
          </h1>
          {phase === 'waiting' ? (
            waiting
          ) : (
            <>
              {children}
              <Button kind="primary" wide type="submit" isDisabled={entering}>
                {t(entering ? 'room.joining' : silent ? 'room.listen' : 'room.join')}
              </Button>
            </>
          )}
          <Button icon="settings" wide isDisabled={entering} onPress={() => setSettings(true)}>
            {t('room.devices')}
          </Button>
        </form>
      </main>
      <Dialog title={t('room.devices')} open={settings} onClose={() => setSettings(false)}>
        <DeviceSettings />
      </Dialog>
    </div>
  );
}

/** Microphone first, then camera: two questions at once are one too many. */
function useDevices({ place }: AtDoor): Record<Device, DoorDevice> {
  const [devices] = useState(() => ({ mic: new DoorDevice('mic'), cam: new DoorDevice('cam') }));
  useEffect(() => {
    let gone = false;
    const both = [devices.mic, devices.cam];
    const ends = both.map((one) => one.follow());
    void devices.mic.open().then(() => {
      if (!gone && place.video.get()) void devices.cam.open();
    });
    return () => {
      gone = true;
      for (const end of ends) end();
      for (const one of both) one.off();
    };
  }, [devices, place]);
  return devices;
}

/** Oneself in the mirror, or why not. */
function Look({ state }: { state: DoorState }) {
  const { t } = useWords();
  const now = useStore(session);
  const visitor = useStore(guest)?.pass;
  const profile = now.status === 'in' ? now.profile : undefined;
  if (state.is === 'on') {
    return <Picture stream={state.stream} testId="local-video" className={style.mirror} />;
  }
  return (
    <span className={style.noPicture}>
      <Avatar
        name={profile?.name ?? visitor?.name ?? t('common.you')}
        url={profile?.avatarUrl ?? null}
        size={96}
      />
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
