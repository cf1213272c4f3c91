import { type Attributes, notSdp, readLines } from './lines.ts';
import { readSection } from './section.ts';
import type { Description, Fingerprint } from './types.ts';

/** From the strongest; the lengths are what their values have. */
const HASHES = [
  ['sha-512', 64],
  ['sha-384', 48],
  ['sha-256', 32],
  ['sha-224', 28],
  ['sha-1', 20],
] as const;
const UFRAG = /^[\w+/]{4,256}$/;

/** Reads an offer or answer. Throws `invalid` for what is none, or contradicts itself. */
export function readDescription(sdp: string): Description {
  const { session, media } = readLines(sdp);
  const sections = media.map(({ head, attributes }) => readSection(head, attributes));
  const mids = new Set(sections.map(({ mid }) => mid));
  if (mids.size < sections.length) throw notSdp();

  const bundle = session.get('group')?.find((group) => group.startsWith('BUNDLE'));
  const bundled = (bundle?.split(' ').slice(1) ?? []).filter((mid) => mids.has(mid));
  const first = sections.findIndex((section) => !section.rejected && section.type !== 'other');
  // Everything is bundled: what the first section says of the connection counts for all of them.
  const own = bundled[0] === undefined ? first : sections.findIndex(({ mid }) => mid === bundled[0]);
  const lineOf = (key: string) => media[own]?.attributes.get(key) ?? session.get(key);
  const ufrag = lineOf('ice-ufrag')?.[0] ?? '';
  if (first >= 0 && !UFRAG.test(ufrag)) throw notSdp();
  return {
    sections,
    bundled,
    mixedExtensions: session.has('extmap-allow-mixed'),
    ufrag,
    setup: lineOf('setup')?.[0] ?? '',
    fingerprint: readFingerprint(lineOf('fingerprint') ?? fingerprintOfAny(media)),
  };
}

function fingerprintOfAny(media: readonly { attributes: Attributes }[]): readonly string[] {
  return media.find(({ attributes }) => attributes.has('fingerprint'))?.attributes.get('fingerprint') ?? [];
}

function readFingerprint(lines: readonly string[]): Fingerprint | undefined {
  const found = new Map(
    lines.map((line) => {
      const [algorithm = '', value = ''] = line.split(' ');
      return [algorithm.toLowerCase(), value.toUpperCase()];
    }),
  );
  for (const [algorithm, bytes] of HASHES) {
    const value = found.get(algorithm);
    if (value === undefined) continue;
    if (value.length !== bytes * 3 - 1 || !/^[\dA-F]{2}(:[\dA-F]{2})*$/.test(value)) throw notSdp();
    return { algorithm, value };
  }
  if (found.size > 0) throw notSdp();
  return undefined;
}
