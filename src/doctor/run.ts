import type { Config } from '../config/config.ts';
import { address } from './checks/address.ts';
import { cluster } from './checks/cluster.ts';
import { database } from './checks/database.ts';
import { media } from './checks/media.ts';
import { ports } from './checks/ports.ts';
import { publicUrl } from './checks/public-url.ts';
import { redis } from './checks/redis.ts';
import { running } from './checks/running.ts';
import { stun } from './checks/stun.ts';
import { turn } from './checks/turn.ts';
import { worker } from './checks/worker.ts';
import type { Check, Finding, Look } from './finding.ts';

async function* engine(): AsyncGenerator<Finding> {
  yield { state: 'skipped', what: 'what.engine', say: 'engine.none' };
}

/** What each engine needs; STUN comes first, for it tells how the world sees this machine. */
const OF_ENGINE: Readonly<Record<Config['media']['engine'], readonly Check[]>> = {
  embedded: [worker, address, ports, media],
  livekit: [cluster],
  none: [engine],
};

/** All checks of this configuration, one after the other: some look at what others have found. */
export async function* examine(config: Config): AsyncGenerator<Finding> {
  const look: Look = { config, seen: new Set(), running: undefined, portsFree: true };
  const checks = [database, redis, running, stun, ...OF_ENGINE[config.media.engine], turn, publicUrl];
  yield {
    state: 'ok',
    what: 'what.config',
    say: 'config.ok',
    with: { engine: config.media.engine },
  };
  for (const check of checks) yield* check(look);
}
