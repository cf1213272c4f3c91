/** Descriptions and candidates are flat; deeper than this is an attack on whoever serializes it. */
const GREATEST_DEPTH = 16;

/** The first property that nests too deep, by name. */
export const tooDeep = (value: Readonly<Record<string, unknown>>): string | undefined =>
  Object.keys(value).find((key) => isDeep(value[key], GREATEST_DEPTH));

function isDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  for (const part of Object.values(value)) if (isDeep(part, left - 1)) return true;
  return false;
}
