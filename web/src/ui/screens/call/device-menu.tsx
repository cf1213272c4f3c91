import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import { chooseDevice } from '../../../state/choose-device.ts';
import { canChooseSpeaker, type DeviceKind } from '../../../state/devices.ts';
import { useGround } from '../../ground.ts';
import { Icon } from '../../icons.tsx';
import menu from '../../menu.module.css';
import { deviceOf, useDeviceChoices } from '../../use-device-choices.ts';
import style from './control-bar.module.css';

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
  const { title, choices, selected } = useDeviceChoices(kind);
  return (
    <MenuSection
      className={menu.section ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[`${kind} ${selected}`]}
      onSelectionChange={(keys) => {
        if (keys === 'all') return;
        const id = String([...keys][0]).slice(kind.length + 1);
        void chooseDevice(kind, deviceOf(id));
      }}
    >
      <Header className={menu.heading}>{title}</Header>
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
