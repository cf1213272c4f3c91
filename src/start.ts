import type { Overrides, Parley } from './compose.ts';
import { compose } from './compose.ts';
import type { Config } from './config/config.ts';
import { configFrom } from './config/config.ts';

/**
 * Starts a whole server in this process and answers when it listens. What is not given has its
 * default; `overrides` is the seam for tests and embedders.
 */
export async function start(settings: Partial<Config> = {}, overrides: Overrides = {}): Promise<Parley> {
  const defaults = configFrom(settings.dataDir === undefined ? {} : { DATA_DIR: settings.dataDir });
  return compose({ ...defaults, ...settings }, overrides);
}
