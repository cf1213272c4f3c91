import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, longest first: one that began last would keep a core idle at the end. Those that wait
 * stand between those that compute.
 */
const LONGEST = [
  'test/livekit/down',
  'test/crash/kill',
  'test/policy/matrix',
  'test/crash/rooms',
  'test/doctor/',
  'test/media/plane.test',
  'test/sockets/nodes',
  'test/signaling/interrupted',
  'test/livekit/coming-back',
  'test/process/',
  'test/media/plane-',
  'test/races/',
  'test/storage/sequencing',
  'test/sockets/silence',
  'test/model/',
  'test/browser/rooms.test',
  'test/browser/livekit-client',
  'test/browser/network',
  'test/browser/meet-breakouts',
  'test/browser/rooms-looks',
  'test/browser/screens',
  'test/browser/meet-story',
  'test/browser/sdk',
  'test/browser/outcomes',
  'test/browser/guests',
  'test/browser/narrow-way',
];

/** Files in the order of that list, and then as vitest has them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a.moduleId) - rank(b.moduleId));
  }
}

function rank(path: string): number {
  const found = LONGEST.findIndex((start) => path.includes(start));
  return found < 0 ? LONGEST.length : found;
}
