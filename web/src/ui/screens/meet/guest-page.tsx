import { useEffect, useMemo, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { detailOf, reasonOf } from '../../../state/errors.ts';
import { comeBackAsGuest, guest, readDoor, signInFor } from '../../../state/guest.ts';
import { meetingAddress } from '../../../state/meeting-link.ts';
import type { GuestDoor } from '../../../state/sdk.ts';
import { Loader } from '../../../state/store.ts';
import { Button } from '../../button.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import { AccountFrame } from '../account/account-frame.tsx';
import { GuestForm } from './guest-form.tsx';
import { MeetPage } from './meet-page.tsx';
import { MeetingFacts } from './meeting-facts.tsx';

/** E's number of a meeting that is over. */
const OVER = 2002;

/** A meeting's link, opened without an account: who one is, and then the meeting. */
export function GuestPage({ id }: { id: number }) {
  const [ready, setReady] = useState(false);
  const here = useStore(guest)?.pass.meetingId === id;
  useEffect(() => {
    comeBackAsGuest(id);
    setReady(true);
  }, [id]);
  if (!ready) return null;
  return here ? <MeetPage id={id} /> : <BeforeDoor key={id} id={id} />;
}

/** What a stranger may know of the meeting. Where it takes no guests they sign in, as everywhere. */
function BeforeDoor({ id }: { id: number }) {
  const { t } = useWords();
  const loader = useMemo(() => new Loader<GuestDoor>(), []);
  const value = useStore(loader);
  const address = meetingAddress(id);
  const over = value.status === 'failed' && detailOf(value.error, 'code') === OVER;
  const closed = value.status === 'failed' && !over && reasonOf(value.error) === 'not_found';
  const load = () => void loader.load(() => readDoor(id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: one page has one meeting.
  useEffect(load, []);
  useEffect(() => {
    if (closed) signInFor(address);
  }, [closed, address]);
  if (closed) return null;
  if (over) {
    return (
      <AccountFrame title={t('meet.over')}>
        <Button wide onPress={() => signInFor(address)}>
          {t('guest.signIn')}
        </Button>
      </AccountFrame>
    );
  }
  const title = value.data?.title;
  return (
    <AccountFrame title={title ? t('guest.titled', { title }) : t('guest.title')}>
      <LoadedView value={value} onRetry={load}>
        {(door) => (
          <>
            <MeetingFacts meeting={door} />
            <GuestForm door={door} onChanged={load} />
          </>
        )}
      </LoadedView>
    </AccountFrame>
  );
}
