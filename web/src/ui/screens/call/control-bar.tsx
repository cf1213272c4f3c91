import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { type CallView, present } from '../../../state/call-view.ts';
import { contacts } from '../../../state/contacts.ts';
import { refreshDevices } from '../../../state/devices.ts';
import { canFullscreen, isFullscreen, toggleFullscreen } from '../../../state/fullscreen.ts';
import { CALL_SIZE } from '../../../state/groups.ts';
import { invite, toggleCamera, toggleMute, toggleShare } from '../../../state/in-call.ts';
import { hangUp } from '../../../state/phone.ts';
import { layout, toggleLayout } from '../../../state/stage-view.ts';
import { Dialog } from '../../dialog.tsx';
import { IconButton } from '../../icon-button.tsx';
import { Menu, type MenuEntry } from '../../menu.tsx';
import { useStore } from '../../use-store.ts';
import { PickDialog } from '../groups/pick-dialog.tsx';
import { DeviceSettings } from '../settings/device-settings.tsx';
import style from './control-bar.module.css';
import { DeviceMenu } from './device-menu.tsx';

const canShare =
  typeof navigator !== 'undefined' && navigator.mediaDevices && 'getDisplayMedia' in navigator.mediaDevices;

/** What can be done in a call. Off is inverted and slashed; red is leaving alone. */
export function ControlBar({ view }: { view: CallView }) {
  const { t } = useWords();
  const full = useStore(isFullscreen);
  const grid = useStore(layout) === 'grid';
  const many = present(view).length > 1;
  const known = useStore(contacts).data ?? [];
  const [open, setOpen] = useState<'add' | 'devices'>();
  const started = view.call !== undefined;
  const answered = view.state === 'connected' || view.state === 'reconnecting' || view.state === 'connecting';
  const mic = t(view.muted ? 'media.unmute' : 'media.mute');
  const camera = t(view.videoOn && !view.sharing ? 'media.cameraOff' : 'media.cameraOn');
  const share = t(view.sharing ? 'media.stopShare' : 'media.share');
  const fullscreen = t(full ? 'call.exitFullscreen' : 'call.fullscreen');
  const room = CALL_SIZE - 1 - present(view).length;
  const absent = known
    .filter((c) => c.state === 'accepted' && !present(view).some((p) => p.person.uid === c.person.uid))
    .map((c) => c.person);

  const arrange = t(grid ? 'room.layoutSpeaker' : 'room.layoutGrid');

  const more: MenuEntry[] = [
    ...(canShare
      ? [{ id: 'share', title: share, icon: 'share' as const, run: () => void toggleShare() }]
      : []),
    { id: 'add', title: t('call.addPerson'), icon: 'addPerson', run: () => setOpen('add') },
    ...(many
      ? [
          {
            id: 'layout',
            title: arrange,
            icon: grid ? ('speakerView' as const) : ('rooms' as const),
            run: toggleLayout,
          },
        ]
      : []),
    { id: 'devices', title: t('settings.devices'), icon: 'mic', run: () => setOpen('devices') },
    ...(canFullscreen
      ? [{ id: 'full', title: fullscreen, icon: 'expand' as const, run: toggleFullscreen }]
      : []),
  ];

  return (
    <div className={style.bar} role="toolbar" aria-label={t('call.controls')} data-region="bar">
      <span className={style.split} onPointerEnter={() => void refreshDevices()}>
        <IconButton
          kind={view.muted ? 'off' : 'control'}
          icon={view.muted ? 'micOff' : 'mic'}
          label={mic}
          isDisabled={!started}
          onPress={toggleMute}
        />
        <DeviceMenu label={t('media.micDevices')} kinds={['audioinput', 'audiooutput']} />
      </span>
      <span className={style.split}>
        <IconButton
          kind={view.videoOn ? 'control' : 'off'}
          icon={view.videoOn ? 'camera' : 'cameraOff'}
          label={camera}
          isDisabled={!started || view.sharing}
          onPress={() => void toggleCamera()}
        />
        <DeviceMenu label={t('media.camDevices')} kinds={['videoinput']} />
      </span>
      <span className={style.roomy}>
        {canShare && (
          <IconButton
            kind={view.sharing ? 'off' : 'control'}
            icon={view.sharing ? 'shareStop' : 'share'}
            label={share}
            isDisabled={!answered}
            onPress={() => void toggleShare()}
          />
        )}
        <IconButton
          kind="control"
          icon="addPerson"
          label={t('call.addPerson')}
          isDisabled={!answered}
          onPress={() => setOpen('add')}
        />
        {many && (
          <IconButton
            kind="control"
            icon={grid ? 'speakerView' : 'rooms'}
            label={arrange}
            onPress={toggleLayout}
          />
        )}
        {canFullscreen && (
          <IconButton
            kind="control"
            icon={full ? 'shrink' : 'expand'}
            label={fullscreen}
            onPress={toggleFullscreen}
          />
        )}
      </span>
      <span className={style.tight}>
        <Menu label={t('common.more')} entries={more}>
          <IconButton kind="control" icon="more" label={t('common.more')} isDisabled={!answered} />
        </Menu>
      </span>
      <IconButton
        kind="leave"
        icon="hangup"
        label={t(answered ? (many ? 'call.leave' : 'call.hangup') : 'call.cancel')}
        onPress={hangUp}
      />
      <PickDialog
        open={open === 'add'}
        onClose={() => setOpen(undefined)}
        title={t('call.addTitle')}
        hint={t('call.full', { count: CALL_SIZE })}
        action={t('call.add')}
        people={room > 0 ? absent : []}
        most={room}
        none={t(room > 0 ? 'call.addNone' : 'call.full', { count: CALL_SIZE })}
        onPick={(people) => void invite(people)}
      />
      <Dialog title={t('settings.devices')} open={open === 'devices'} onClose={() => setOpen(undefined)}>
        <DeviceSettings />
      </Dialog>
    </div>
  );
}
