import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { Hs256Tokens } from '../adapters/tokens/hs256-tokens.ts';
import type { Config } from '../config/config.ts';
import { loadSecrets } from '../config/secrets.ts';

const TTL_S = 60;

/** A LiveKit token for this room, by the first key of the configuration, or the one the server has made. */
export const roomToken = (config: Config, room: string): Promise<string | undefined> =>
  signed(config, { sub: 'doctor', video: { room, roomCreate: true, roomJoin: true, hidden: true } });

/** A host application's, which is nobody. */
export const serviceToken = (config: Config): Promise<string | undefined> =>
  signed(config, { scope: 'service' });

async function signed(config: Config, claims: Record<string, unknown>): Promise<string | undefined> {
  const [key, secret] = await firstKey(config);
  if (key === undefined || secret === undefined) return undefined;
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now, exp: now + TTL_S };
  return new Hs256Tokens(systemClock).sign({ iss: key, ...times, ...claims }, secret);
}

async function firstKey({ apiKeys, dataDir }: Config): Promise<[key?: string, secret?: string]> {
  const [first] = Object.entries(apiKeys);
  if (first) return first;
  // Reading would make them.
  if (!existsSync(join(dataDir, 'secrets.json'))) return [];
  const { apiKey, apiSecret } = await loadSecrets(dataDir);
  return [apiKey, apiSecret];
}
