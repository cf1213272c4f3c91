import { useEffect, useMemo } from 'react';
import { moment } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { connection, need } from '../../../state/connection.ts';
import { deviceName } from '../../../state/device-name.ts';
import { problemOf } from '../../../state/errors.ts';
import type { Device } from '../../../state/sdk.ts';
import { Loader } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../button.tsx';
import { Icon } from '../../icons.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import style from './settings.module.css';

/** Where this person is signed in, and how to end it. */
export function SignIns() {
  const { t } = useWords();
  const list = useMemo(() => new Loader<readonly Device[]>(), []);
  const value = useStore(list);
  const state = useStore(connection);
  const load = () => list.load(() => need().devices.list());
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again whenever the connection changes.
  useEffect(() => void load(), [state, list]);
  const remove = async (device: Device) => {
    try {
      await need().devices.remove(device.id);
      await load();
    } catch (error) {
      toast('danger', problemOf(error).title);
    }
  };
  return (
    <LoadedView value={value} onRetry={load}>
      {(devices) => (
        <>
          <ul>
            {devices.map((device) => (
              <li key={device.id}>
                <Row device={device} onRemove={() => void remove(device)} />
              </li>
            ))}
          </ul>
          {devices.every((d) => d.current) && <p className={style.hint}>{t('settings.noDevices')}</p>}
        </>
      )}
    </LoadedView>
  );
}

function Row({ device, onRemove }: { device: Device; onRemove: () => void }) {
  const { t, language } = useWords();
  const name = deviceName(device.userAgent) ?? t('settings.device');
  return (
    <div className={style.device}>
      <Icon name="laptop" />
      <span className={style.deviceWords}>
        <strong>{device.current ? `${name} · ${t('settings.thisDevice')}` : name}</strong>
        <span className={style.hint}>
          {t('settings.connectedSince', { when: moment(device.connectedAt, language) })}
        </span>
      </span>
      {!device.current && (
        <Button aria-label={t('settings.removeDeviceFor', { name })} onPress={onRemove}>
          {t('settings.removeDevice')}
        </Button>
      )}
    </div>
  );
}
