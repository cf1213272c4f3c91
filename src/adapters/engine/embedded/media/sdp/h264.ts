/** First byte and the bits of the second that count: RFC 6184, table 5. */
const PROFILES = [
  { idc: 0x42, mask: 0x4f, bits: 0x40, name: 'constrained-baseline' },
  { idc: 0x4d, mask: 0x8f, bits: 0x80, name: 'constrained-baseline' },
  { idc: 0x58, mask: 0xcf, bits: 0xc0, name: 'constrained-baseline' },
  { idc: 0x42, mask: 0x4f, bits: 0x00, name: 'baseline' },
  { idc: 0x58, mask: 0xcf, bits: 0x80, name: 'baseline' },
  { idc: 0x4d, mask: 0xaf, bits: 0x00, name: 'main' },
  { idc: 0x64, mask: 0xff, bits: 0x00, name: 'high' },
  { idc: 0x64, mask: 0xff, bits: 0x0c, name: 'constrained-high' },
] as const;

/** What browsers take it for when nothing is said. */
const UNSAID = '42e01f';

/** The profile that a `profile-level-id` names; undefined for one that is unknown here. */
export function h264Profile(profileLevelId: unknown): string | undefined {
  const hex = profileLevelId ?? UNSAID;
  if (typeof hex !== 'string' || !/^[\da-f]{6}$/i.test(hex)) return undefined;
  const idc = Number.parseInt(hex.slice(0, 2), 16);
  const bits = Number.parseInt(hex.slice(2, 4), 16);
  return PROFILES.find((each) => each.idc === idc && (bits & each.mask) === each.bits)?.name;
}
