import { reasonOf } from './errors.ts';
import { type Client, type ConnectionState, connect } from './sdk.ts';
import { expire, token } from './session.ts';
import { Store } from './store.ts';

/** The client of whoever is signed in. */
export const client = new Store<Client | undefined>(undefined);
export const connection = new Store<ConnectionState>('connecting');
/** The server said that it restarts. */
export const restarting = new Store(false);
/** Whether the device itself says it has a network. */
export const online = new Store(typeof navigator === 'undefined' ? true : navigator.onLine);

export function watchNetwork(): void {
  window.addEventListener('online', () => online.set(true));
  window.addEventListener('offline', () => online.set(false));
}

/** Waits for the next attempt: quick first, then up to 10 s, a little different for everybody. */
export function reconnectDelay(attempt: number, random: () => number = Math.random): number {
  const base = Math.min(10_000, 500 * 2 ** Math.min(attempt, 6));
  return Math.round(base * (0.75 + random() / 2));
}

/** Opens the connection of the signed-in person. */
export function open(wire: (client: Client) => void): void {
  if (client.get()) return;
  const opened = connect({
    url: location.origin,
    token,
    reconnectDelay: (n) => reconnectDelay(n),
    // LiveKit's client is large, and most calls do without it.
    rooms: async () => new (await import('./call-carrier.ts')).CallCarrier(),
  });
  connection.set(opened.state);
  opened.on('state', (state) => {
    restarting.set(opened.restarting);
    connection.set(state);
  });
  opened.on('error', (error) => {
    if (reasonOf(error) === 'unauthenticated') expire();
    // Nobody waits for these; they are for whoever looks into a problem. The banner tells of the network.
    else console.warn(error);
  });
  // A failure to open is shown by `connection` and `error`.
  opened.ready.catch(() => undefined);
  client.set(opened);
  wire(opened);
}

export function close(): void {
  client.get()?.close();
  client.set(undefined);
  connection.set('connecting');
}

/** The client, or an error that says it is not there. */
export function need(): Client {
  const now = client.get();
  if (!now) throw new Error('Not connected');
  return now;
}
