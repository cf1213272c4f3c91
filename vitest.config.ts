import { defineConfig } from 'vitest/config';
import { CountReporter } from './scripts/count-reporter.ts';
import { LongestFirst } from './scripts/longest-first.ts';

/** Two cores are what a test run may count on. */
const WORKERS = 2;

/** Servers' tests wait for graces and crashes much of their time: a third file has room beside two. Media has not. */
const WAITING_WORKERS = 3;

/**
 * LiveKit's client for Node, which is native, does not begin again in a process where a test has disposed of it: each
 * of these files has a process of its own.
 */
const NATIVE = ['test/{livekit,media,media-worker}/**/*.test.ts', 'test/contracts/d/media.test.ts'];

/** Rooms whatever carries them: on the engines that these tests choose themselves, and on a LiveKit cluster. */
const ON_ANY_ENGINE = [
  'test/contracts/d/*.test.ts',
  'test/{races,crash}/rooms.test.ts',
  'test/browser/{rooms,rooms-story,rooms-growing,conference,livekit-client}.test.ts',
];

// Where files are not isolated, what one has loaded stays for the next, for a whole server takes as long to load as
// many a file to run: their tests leave nothing behind in modules, and stub no globals. Projects are run in groups, one after the other: a browser that has to wait for a
// database's load would measure that load.
export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // Beside the sources and in test/fast: SQLite, one process, no browser.
        test: {
          name: 'fast',
          include: ['{src,sdk,web}/**/*.test.ts', 'test/fast/**/*.test.ts'],
          testTimeout: 10_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole servers on PostgreSQL, MariaDB, Redis and coturn, which the set-up of the run starts.
        test: {
          name: 'servers',
          include: ['test/**/*.test.ts'],
          exclude: ['test/fast/**', 'test/browser/**', 'test/cluster/**', ...NATIVE],
          globalSetup: ['test/support/servers.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          isolate: false,
          maxWorkers: WAITING_WORKERS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Media: the worker, and clients of their own kinds at it.
        test: {
          name: 'media',
          include: NATIVE,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // Chromium.
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/browser.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          isolate: false,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 3 },
        },
      },
      {
        // Real LiveKit servers, which Go builds: `npm run test:cluster`.
        test: {
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts', ...ON_ANY_ENGINE],
          globalSetup: ['test/support/servers.setup.ts', 'test/support/cluster.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
