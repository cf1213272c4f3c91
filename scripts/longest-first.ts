import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first: one that began last would keep a core idle at the end. */
const LONGEST = [
  'test/livekit/coming-back',
  'test/livekit/down',
  'test/crash/',
  'test/media/plane',
  'test/policy/matrix',
  'test/doctor/',
  'test/process/',
  'test/races/',
  'test/model/',
  'test/sockets/nodes',
  'test/browser/rooms.test',
  'test/browser/livekit-client',
  'test/browser/rooms-looks',
  'test/browser/screens',
  'test/browser/network',
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
