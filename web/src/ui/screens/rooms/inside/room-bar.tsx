import { useState } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { refreshDevices } from '../../../../state/devices.ts';
import { canFullscreen, isFullscreen, toggleFullscreen } from '../../../../state/fullscreen.ts';
import {
  endRoom,
  keysShown,
  type Panel,
  panel,
  reacting,
  toggleHand,
  togglePanel,
  toggleRoomDevice,
  toggleRoomShare,
} from '../../../../state/in-room.ts';
import { leave } from '../../../../state/room-visit.ts';
import { layout, toggleLayout } from '../../../../state/stage-view.ts';
import { classes } from '../../../classes.ts';
import { Confirm, Dialog } from '../../../dialog.tsx';
import { IconButton } from '../../../icon-button.tsx';
import { Menu, type MenuEntry } from '../../../menu.tsx';
import { useStore } from '../../../use-store.ts';
import { DeviceMenu } from '../../call/device-menu.tsx';
import { DeviceSettings } from '../../settings/device-settings.tsx';
import { ReactButton, Reactions } from './react-menu.tsx';
import style from './room-bar.module.css';
import type { Inside } from './room-inside.tsx';

const canShare =
  typeof navigator !== 'undefined' && navigator.mediaDevices && 'getDisplayMedia' in navigator.mediaDevices;

/** What can be done in a room. Off is inverted and slashed; red is leaving alone. */
export function RoomBar({ visit, unread }: { visit: Inside; unread: number }) {
  const { t } = useWords();
  const [open, setOpen] = useState<'devices' | 'end'>();
  const { mic, cam, sharing, hand } = useStore(visit.media.own);
  const full = useStore(isFullscreen);
  const grid = useStore(layout) === 'grid';
  const own = visit.media.room.localParticipant.identity === visit.entry.creator;
  const share = t(sharing ? 'media.stopShare' : 'media.share');
  const view = t(grid ? 'room.layoutSpeaker' : 'room.layoutGrid');

  const more: MenuEntry[] = [
    { id: 'layout', title: view, icon: grid ? 'speakerView' : 'rooms', run: toggleLayout },
    { id: 'react', title: t('room.react'), icon: 'smile', run: () => reacting.set(true) },
    { id: 'info', title: t('room.info'), icon: 'info', run: () => togglePanel('info') },
    { id: 'devices', title: t('room.devices'), icon: 'settings', run: () => setOpen('devices') },
    { id: 'keys', title: t('settings.keys'), icon: 'keyboard', run: () => keysShown.set(true) },
  ];
  if (canFullscreen) {
    const title = t(full ? 'call.exitFullscreen' : 'call.fullscreen');
    more.push({ id: 'full', title, icon: full ? 'shrink' : 'expand', run: toggleFullscreen });
  }
  const moreNarrow: MenuEntry[] = canShare
    ? [
        {
          id: 'share',
          title: share,
          icon: sharing ? 'shareStop' : 'share',
          run: () => void toggleRoomShare(),
        },
        ...more,
      ]
    : more;

  return (
    <div className={style.bar}>
      <Reactions />
      <div className={style.middle} role="toolbar" aria-label={t('room.controls')} data-region="bar">
        <span className={style.split} onPointerEnter={() => void refreshDevices()}>
          <IconButton
            kind={mic ? 'control' : 'off'}
            icon={mic ? 'mic' : 'micOff'}
            label={t(mic ? 'media.mute' : 'media.unmute')}
            onPress={() => void toggleRoomDevice('mic')}
          />
          <span className={style.arrow}>
            <DeviceMenu label={t('media.micDevices')} kinds={['audioinput', 'audiooutput']} />
          </span>
        </span>
        <span className={style.split}>
          <IconButton
            kind={cam ? 'control' : 'off'}
            icon={cam ? 'camera' : 'cameraOff'}
            label={t(cam ? 'media.cameraOff' : 'media.cameraOn')}
            onPress={() => void toggleRoomDevice('cam')}
          />
          <span className={style.arrow}>
            <DeviceMenu label={t('media.camDevices')} kinds={['videoinput']} />
          </span>
        </span>
        {canShare && (
          <span className={style.roomy}>
            <IconButton
              kind={sharing ? 'off' : 'control'}
              icon={sharing ? 'shareStop' : 'share'}
              label={share}
              onPress={() => void toggleRoomShare()}
            />
          </span>
        )}
        <IconButton
          kind={hand ? 'off' : 'control'}
          icon="hand"
          label={t(hand ? 'room.handDown' : 'room.hand')}
          onPress={() => void toggleHand()}
        />
        <span className={style.wide}>
          <ReactButton />
        </span>
        <span className={style.roomy}>
          <Menu label={t('common.more')} entries={more}>
            <IconButton kind="control" icon="more" label={t('common.more')} />
          </Menu>
        </span>
        <span className={style.tight}>
          <Menu label={t('common.more')} entries={moreNarrow}>
            <IconButton kind="control" icon="more" label={t('common.more')} />
          </Menu>
        </span>
        {own ? (
          <Menu
            label={t('room.leave')}
            entries={[
              { id: 'leave', title: t('room.leaveRoom'), icon: 'signOut', run: leave },
              { id: 'end', title: t('room.endAll'), icon: 'hangup', danger: true, run: () => setOpen('end') },
            ]}
          >
            <IconButton kind="leave" icon="hangup" label={t('room.leave')} />
          </Menu>
        ) : (
          <IconButton kind="leave" icon="hangup" label={t('room.leave')} onPress={leave} />
        )}
      </div>
      <div className={style.end}>
        <PanelButtons unread={unread} withInfo />
      </div>
      <Dialog title={t('room.devices')} open={open === 'devices'} onClose={() => setOpen(undefined)}>
        <DeviceSettings />
      </Dialog>
      <Confirm
        open={open === 'end'}
        title={t('room.endTitle')}
        body={t('room.endBody')}
        action={t('room.endAll')}
        onClose={() => setOpen(undefined)}
        onConfirm={() => void endRoom()}
      />
    </div>
  );
}

/** What opens beside the stage. */
export function PanelButtons({ unread, withInfo = false }: { unread: number; withInfo?: boolean }) {
  const { t } = useWords();
  const open = useStore(panel);
  const button = (which: Panel, label: string) => (
    <IconButton
      kind={open === which ? 'off' : 'control'}
      icon={which}
      label={label}
      aria-expanded={open === which}
      onPress={() => togglePanel(which)}
    />
  );
  return (
    <>
      {withInfo && <span className={style.wide}>{button('info', t('room.info'))}</span>}
      {button('people', t('room.people'))}
      <span className={style.withCount}>
        {button('chat', unread > 0 ? t('room.chatUnread', { count: unread }) : t('room.chat'))}
        {unread > 0 && (
          <span className={classes(style.count)} aria-hidden="true">
            {Math.min(99, unread)}
          </span>
        )}
      </span>
    </>
  );
}
