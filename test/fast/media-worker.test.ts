import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(path, 'utf8');

test('the media worker is built from the very package that the server speaks to', () => {
  const script = read('scripts/media-worker/build.sh');
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { version: string; integrity: string }>;
  };
  const { version, integrity } = lock.packages['node_modules/mediasoup'] ?? {};
  expect(/^VERSION=(.+)$/m.exec(script)?.[1]).toBe(version);
  expect(`sha512-${/^INTEGRITY=(.+)$/m.exec(script)?.[1]}`).toBe(integrity);
});
