import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { openDriver } from '../../adapters/storage/open.ts';
import type { Finding, Look } from '../finding.ts';
import { reasonOf } from '../reason.ts';

/** The database answers; a file that is not there can be made. Nothing in it is changed. */
export async function* database({ config: { databaseUrl } }: Look): AsyncGenerator<Finding> {
  const what = 'what.database' as const;
  if (databaseUrl.startsWith('sqlite:')) {
    const path = databaseUrl.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    const there = existsSync(path);
    try {
      // The dot: a file is no folder.
      accessSync(there ? path : `${nearest(dirname(path))}/.`, constants.R_OK | constants.W_OK);
    } catch (error) {
      yield { state: 'failed', what, say: 'database.no_folder', with: { path, reason: reasonOf(error) } };
      return;
    }
    if (!there) {
      yield { state: 'ok', what, say: 'database.new', with: { path } };
      return;
    }
  }
  try {
    const driver = await openDriver(databaseUrl);
    try {
      await driver.ping();
    } finally {
      await driver.close();
    }
    yield { state: 'ok', what, say: 'database.ok' };
  } catch (error) {
    yield { state: 'failed', what, say: 'database.failed', with: { reason: reasonOf(error) } };
  }
}

/** The folder in which the missing ones would be made. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}
