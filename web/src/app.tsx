import { type ReactNode, useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useWords } from './i18n/use-words.ts';
import { isLive } from './state/call-view.ts';
import { guest } from './state/guest.ts';
import { meetingIdIn } from './state/meeting-link.ts';
import { current, ringing } from './state/phone.ts';
import { go, keepPlace, parseRoute, path, type Route, takePlace } from './state/router.ts';
import { session } from './state/session.ts';
import { visit } from './state/visit.ts';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { LiveRegions } from './ui/live-regions.tsx';
import { Forgot } from './ui/screens/account/forgot.tsx';
import { Login } from './ui/screens/account/login.tsx';
import { Register } from './ui/screens/account/register.tsx';
import { Reset } from './ui/screens/account/reset.tsx';
import { AudioSinks } from './ui/screens/call/audio-sinks.tsx';
import { CallScreen } from './ui/screens/call/call-screen.tsx';
import { IncomingCalls } from './ui/screens/call/incoming-card.tsx';
import { GuestPage } from './ui/screens/meet/guest-page.tsx';
import { MeetPage } from './ui/screens/meet/meet-page.tsx';
import { Pages } from './ui/screens/pages.tsx';
import { RoomPage } from './ui/screens/rooms/room-page.tsx';
import { ToastRegion } from './ui/toast-region.tsx';
import { usePageTitle } from './ui/use-page-title.ts';
import { useStore } from './ui/use-store.ts';

/** The pages of those who are not signed in. */
const accountPages: Partial<Record<Route['name'], () => ReactNode>> = {
  login: Login,
  register: Register,
  'forgot-password': Forgot,
  'reset-password': Reset,
};

/** The whole app: what the address and the phone want to be shown. */
export function App() {
  const { language } = useWords();
  return (
    <I18nProvider locale={language}>
      <ErrorBoundary>
        <Screen />
        <AudioSinks />
        <IncomingCalls />
      </ErrorBoundary>
      <ToastRegion />
      <LiveRegions />
    </I18nProvider>
  );
}

function Screen() {
  const address = useStore(path);
  const now = useStore(session);
  const call = useStore(current);
  const rings = useStore(ringing);
  const route = parseRoute(address);
  // Who has a link to a new password may be signed in here with the old one.
  const resets = route.name === 'reset-password';
  const account = route.name in accountPages && !resets;
  const lost = route.name === 'call' && !call;
  const signedIn = now.status === 'in';
  const room = route.name === 'rooms' ? route.id : undefined;
  const meeting = route.name === 'meet' ? meetingIdIn(route.id ?? '') : undefined;
  const door = room !== undefined || meeting !== undefined;
  // What is on goes on when a sign-in runs out.
  const phase = useStore(visit)?.phase;
  const stays = phase === 'inside' || phase === 'moving';
  const keepsCall = isLive(call) || stays;
  const visitor = useStore(guest) !== undefined;
  // Nobody has to have an account where a meeting takes guests.
  const byLink = !signedIn && meeting !== undefined && (visitor || !keepsCall);
  usePageTitle(route, call, rings);

  useEffect(() => {
    if (signedIn && account) go(takePlace() ?? '/calls', { replace: true });
    else if (!signedIn && !account && !resets && !keepsCall && !byLink) {
      // A link to a room is opened after signing in.
      if (door) keepPlace(address);
      go('/login', { replace: true });
    } else if (signedIn && lost) go('/calls', { replace: true });
  }, [signedIn, account, resets, lost, keepsCall, byLink, door, address]);

  const Account = accountPages[route.name];
  if (Account && (!signedIn || resets)) return <Account />;
  if (route.name === 'call' && call) return <CallScreen view={call} />;
  if (byLink) return <GuestPage id={meeting} />;
  if (!signedIn && !keepsCall) return null;
  if (room !== undefined) return <RoomPage name={room} />;
  if (meeting !== undefined) return <MeetPage id={meeting} />;
  return <Pages route={route} />;
}
