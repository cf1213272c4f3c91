import { defineConfig } from 'vitest/config';
import { CountReporter } from './scripts/count-reporter.ts';

// Projects, run one after the other on purpose: the machine's cores are few, and a browser that has to wait
// for a database's load would measure that load.
export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    projects: [
      {
        // Beside the sources and in test/fast: SQLite, one process, no browser.
        test: {
          name: 'fast',
          include: ['{src,sdk,web}/**/*.test.ts', 'test/fast/**/*.test.ts'],
          testTimeout: 10_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole servers on PostgreSQL, MariaDB, Redis and coturn, which the set-up of the run starts.
        test: {
          name: 'servers',
          include: ['test/**/*.test.ts'],
          exclude: ['test/fast/**', 'test/browser/**', 'test/cluster/**'],
          globalSetup: ['test/support/servers.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Real LiveKit servers, which Go builds: `npm run test:cluster`.
        test: {
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          globalSetup: ['test/support/servers.setup.ts'],
          testTimeout: 60_000,
          // The first time the server is built.
          hookTimeout: 600_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
      {
        // Chromium, one file at a time.
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/browser.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
