import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a server must keep to itself and needs again after a restart. */
export interface Secrets {
  /** Signs the tokens of people who sign in here. */
  tokenSecret: string;
  /** The API key made on first start, used where `API_KEYS` names none. */
  apiKey: string;
  apiSecret: string;
}

/** Reads `DATA_DIR/secrets.json` (mode 600), or makes it: once, also when two servers start at once. */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'secrets.json');
  const kept = await read(file);
  if (kept) return kept;
  const made: Secrets = {
    tokenSecret: randomBytes(32).toString('base64url'),
    apiKey: `key_${randomBytes(6).toString('hex')}`,
    apiSecret: randomBytes(32).toString('base64url'),
  };
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  try {
    // A link fails where the file exists: whoever comes second takes the first one's.
    await link(draft, file);
    return made;
  } catch (error) {
    const others = await read(file);
    if (others) return others;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function read(file: string): Promise<Secrets | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const value = JSON.parse(text) as Partial<Secrets>;
  if (!value.tokenSecret || !value.apiKey || !value.apiSecret) {
    throw new Error(`${file} is not complete: expected tokenSecret, apiKey and apiSecret`);
  }
  return value as Secrets;
}
