import { useState } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { refreshDevices } from '../../../../state/devices.ts';
import { canFullscreen, isFullscreen, toggleFullscreen } from '../../../../state/fullscreen.ts';
import {
  endPlace,
  keysShown,
  type Panel,
  panel,
  reacting,
  toggleHand,
  togglePanel,
  toggleRoomDevice,
  toggleRoomShare,
} from '../../../../state/in-room.ts';
import { layout, toggleLayout } from '../../../../state/stage-view.ts';
import { type Inside, leave } from '../../../../state/visit.ts';
import { Confirm, Dialog } from '../../../dialog.tsx';
import { IconButton } from '../../../icon-button.tsx';
import { Menu, type MenuEntry } from '../../../menu.tsx';
import { useStore } from '../../../use-store.ts';
import { DeviceMenu } from '../../call/device-menu.tsx';
import { DeviceSettings } from '../../settings/device-settings.tsx';
import style from './place-bar.module.css';
import { ReactButton, Reactions } from './react-menu.tsx';

const canShare =
  typeof navigator !== 'undefined' && navigator.mediaDevices && 'getDisplayMedia' in navigator.mediaDevices;

interface Counts {
  /** Messages that nobody has looked at. */
  unread: number;
  /** People who wait to be let in. */
  knocks: number;
  /** Questions that one has not answered; absent where nobody is asked any. */
  asked?: number;
}

interface PlaceBarProps extends Counts {
  visit: Inside;
  /** What else this kind of place has. */
  more: readonly MenuEntry[];
}

/** What can be done there. Off is inverted and slashed; red is leaving alone. */
export function PlaceBar({ visit: { place, media }, more: others, ...counts }: PlaceBarProps) {
  const { t } = useWords();
  const [open, setOpen] = useState<'devices' | 'end'>();
  const { mic, cam, sharing } = useStore(media.own);
  const hand = useStore(place.hands).has(media.room.localParticipant.identity);
  const rights = useStore(place.rights);
  const full = useStore(isFullscreen);
  const grid = useStore(layout) === 'grid';
  const isRoom = place.kind === 'room';
  const mayShare = canShare && (rights.share || sharing);
  const info = t(isRoom ? 'room.info' : 'meet.info');
  const share = t(sharing ? 'media.stopShare' : 'media.share');
  const view = t(grid ? 'room.layoutSpeaker' : 'room.layoutGrid');

  const more: MenuEntry[] = [
    { id: 'layout', title: view, icon: grid ? 'speakerView' : 'rooms', run: toggleLayout },
    ...(rights.react
      ? [{ id: 'react', title: t('room.react'), icon: 'smile' as const, run: () => reacting.set(true) }]
      : []),
    ...others,
    { id: 'info', title: info, icon: 'info', run: () => togglePanel('info') },
    { id: 'devices', title: t('room.devices'), icon: 'settings', run: () => setOpen('devices') },
    { id: 'keys', title: t('settings.keys'), icon: 'keyboard', run: () => keysShown.set(true) },
  ];
  if (canFullscreen) {
    const title = t(full ? 'call.exitFullscreen' : 'call.fullscreen');
    more.push({ id: 'full', title, icon: full ? 'shrink' : 'expand', run: toggleFullscreen });
  }
  const moreNarrow: MenuEntry[] = mayShare
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
      {rights.react && <Reactions />}
      <div
        className={style.middle}
        role="toolbar"
        aria-label={t(isRoom ? 'room.controls' : 'meet.controls')}
        data-region="bar"
      >
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
        {rights.camera && (
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
        )}
        {mayShare && (
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
        {rights.react && (
          <span className={style.wide}>
            <ReactButton />
          </span>
        )}
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
        {rights.end ? (
          <Menu
            label={t('room.leave')}
            entries={[
              {
                id: 'leave',
                title: t(isRoom ? 'room.leaveRoom' : 'meet.leave'),
                icon: 'signOut',
                run: leave,
              },
              {
                id: 'end',
                title: t(isRoom ? 'room.endAll' : 'meet.endAll'),
                icon: 'hangup',
                danger: true,
                run: () => setOpen('end'),
              },
            ]}
          >
            <IconButton kind="leave" icon="hangup" label={t('room.leave')} />
          </Menu>
        ) : (
          <IconButton kind="leave" icon="hangup" label={t('room.leave')} onPress={leave} />
        )}
      </div>
      <div className={style.end}>
        <PanelButtons {...counts} chat={rights.chat} info={info} />
      </div>
      <Dialog title={t('room.devices')} open={open === 'devices'} onClose={() => setOpen(undefined)}>
        <DeviceSettings />
      </Dialog>
      <Confirm
        open={open === 'end'}
        title={t(isRoom ? 'room.endTitle' : 'meet.endTitle')}
        body={t('room.endBody')}
        action={t(isRoom ? 'room.endAll' : 'meet.endAll')}
        onClose={() => setOpen(undefined)}
        onConfirm={() => void endPlace()}
      />
    </div>
  );
}

interface PanelButtonsProps extends Counts {
  chat: boolean;
  /** What the panel about the place is called, where there is room for its button. */
  info?: string;
}

/** What opens beside the stage. */
export function PanelButtons({ unread, knocks, asked, chat, info }: PanelButtonsProps) {
  const { t } = useWords();
  const open = useStore(panel);
  const button = (which: Exclude<Panel, 'breakouts'>, label: string, count = 0) => (
    <span className={style.withCount}>
      <IconButton
        kind={open === which ? 'off' : 'control'}
        icon={which}
        label={label}
        aria-expanded={open === which}
        onPress={() => togglePanel(which)}
      />
      {count > 0 && (
        <span className={style.count} aria-hidden="true">
          {Math.min(99, count)}
        </span>
      )}
    </span>
  );
  return (
    <>
      {info !== undefined && <span className={style.wide}>{button('info', info)}</span>}
      {button('people', knocks > 0 ? t('meet.peopleKnocks', { count: knocks }) : t('room.people'), knocks)}
      {asked !== undefined &&
        button('polls', asked > 0 ? t('poll.toAnswer', { count: asked }) : t('poll.title'), asked)}
      {chat && button('chat', unread > 0 ? t('room.chatUnread', { count: unread }) : t('room.chat'), unread)}
    </>
  );
}
