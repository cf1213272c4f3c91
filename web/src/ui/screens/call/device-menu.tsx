import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import { useWords } from '../../../i18n/use-words.ts';
import { canChooseSpeaker, type DeviceKind, devices } from '../../../state/devices.ts';
import { chooseDevice } from '../../../state/in-call.ts';
import { prefs } from '../../../state/prefs.ts';
import { useGround } from '../../ground.ts';
import { Icon } from '../../icons.tsx';
import menu from '../../menu.module.css';
import { useStore } from '../../use-store.ts';
import style from './control-bar.module.css';

const titles = {
  audioinput: ['media.microphone', 'media.micN'],
  audiooutput: ['media.speaker', 'media.speakerN'],
  videoinput: ['media.camera', 'media.camN'],
} as const;

/** The arrow beside a control: which device it means. */
export function DeviceMenu({ label, kinds }: { label: string; kinds: readonly DeviceKind[] }) {
  const ground = useGround();
  return (
    <MenuTrigger>
      <AriaButton className={style.arrow ?? ''} aria-label={label}>
        <Icon name="up" size={20} />
      </AriaButton>
      <Popover {...ground} className={menu.popover ?? ''} placement="top" offset={8}>
        <Menu aria-label={label} className={menu.menu ?? ''}>
          {kinds
            .filter((kind) => kind !== 'audiooutput' || canChooseSpeaker)
            .map((kind) => (
              <DeviceSection key={kind} kind={kind} />
            ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function DeviceSection({ kind }: { kind: DeviceKind }) {
  const { t } = useWords();
  const list = useStore(devices)[kind];
  const chosen = useStore(prefs)[kind];
  const [title, numbered] = titles[kind];
  const choices = [
    { id: 'default', title: t('media.default') },
    ...list.map((d, n) => ({ id: d.id, title: d.label || t(numbered, { n: n + 1 }) })),
  ];
  const selected = choices.some((c) => c.id === chosen) ? chosen : 'default';
  return (
    <MenuSection
      className={menu.section ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[`${kind} ${selected}`]}
      onSelectionChange={(keys) => {
        if (keys === 'all') return;
        const id = String([...keys][0]).slice(kind.length + 1);
        void chooseDevice(kind, id === 'default' ? '' : id);
      }}
    >
      <Header className={menu.heading}>{t(title)}</Header>
      {choices.map((choice) => (
        <MenuItem
          key={choice.id}
          // Keys are one set for the whole menu, and each kind has a default.
          id={`${kind} ${choice.id}`}
          textValue={choice.title}
          className={menu.item ?? ''}
        >
          {({ isSelected }) => (
            <>
              <span className={menu.check}>{isSelected && <Icon name="check" size={20} />}</span>
              <span className={menu.title}>{choice.title}</span>
            </>
          )}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
