import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProcess } from '../support/process.ts';
import { api } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

test.each([
  ['the log of a development start', undefined, /\/reset-password\?token=[\w-]{43}/],
  ['no log in production, which says that there is no mail server', 'production', /SMTP_URL is not set/],
] as const)('without a mail server the link is in %s', async (_, mode, wanted) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-mail-'));
  const server = await startProcess({
    DATA_DIR: dataDir,
    MEDIA_ENGINE: 'none',
    ...(mode === undefined ? {} : { NODE_ENV: mode }),
  });
  try {
    const post = (path: string, body: unknown) => api(server, 'POST', `/api/v1/auth/${path}`, { body });
    await post('register', { username: 'ann', email: 'ann@example.com', password: 'password123' });
    const { status, body } = await post('forgot-password', { email: 'ann@example.com' });
    expect([status, body.data]).toEqual([200, null]);
    await waitFor(() => wanted.test(server.words()), { reason: 'the log to say so' });
    expect(server.words().includes('token=')).toBe(mode === undefined);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
