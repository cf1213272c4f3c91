import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** How a run ended, as numbers. */
export type Counts = { passed: number; failed: number; skipped: number };

/** Names the file the counts go to, for the script that adds them up. */
export const COUNTS_FILE = 'PARLEY_TEST_COUNTS';

/** Writes how many tests passed, failed and were skipped to the file that `PARLEY_TEST_COUNTS` names. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env[COUNTS_FILE];
    if (!file) return;
    // An error outside every test is a failure of its own, else a run with one could look whole.
    const counts: Counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') counts.passed++;
        else if (state === 'skipped') counts.skipped++;
        else failedHere++;
      }
      // A file that could not be loaded, or whose hooks failed, has failed even when no test of it did.
      if (failedHere === 0 && module.state() === 'failed') failedHere = 1;
      counts.failed += failedHere;
    }
    writeFileSync(file, JSON.stringify(counts));
  }
}
