import { noEngine } from '../adapters/engine/none.ts';
import type { Config } from '../config/config.ts';
import type { App } from '../core/app.ts';
import type { Clock } from '../ports/clock.ts';
import type { MediaEngine } from '../ports/media-engine.ts';
import type { Store } from '../ports/store.ts';
import type { TokenCodec } from '../ports/tokens.ts';

interface Needs {
  store: Store;
  clock: Clock;
  codec: TokenCodec;
  keys: ReadonlyMap<string, string>;
  nodeId: string;
  overrides: { engine?: MediaEngine };
  failed: (what: string, error: unknown) => void;
}

export type Media = Pick<App, 'engine' | 'media' | 'engineWebhook'>;

/** The engine that the configuration names; its libraries are loaded when it is chosen. */
export async function openMedia(config: Config, needs: Needs): Promise<Media> {
  const none = { media: undefined, engineWebhook: undefined };
  if (needs.overrides.engine) return { ...none, engine: needs.overrides.engine };
  return { ...none, engine: noEngine };
}

/** How long a room without anybody in it stays, in seconds. */
export const roomTimes = ({ media }: Config) => ({
  emptyTimeoutS: Math.ceil(media.emptyRoomMs / 1000),
  departureTimeoutS: Math.ceil(media.departureMs / 1000),
});
