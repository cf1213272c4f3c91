export type Strength = 'weak' | 'fair' | 'strong';

const COMMON = /^(pass(word|wort)?|qwert[yz]|letmein|welcome|admin|abc123|iloveyou|123456\d*)/i;

/** The server's bounds. */
export const SHORTEST = 8;
export const LONGEST = 128;

/**
 * A hint, not a rule: length counts most, then how many different characters there are. What many people
 * choose, and what is the name itself, is weak at any length below a sentence's.
 */
export function strengthOf(password: string, name = ''): Strength {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  const different = new Set(password).size;
  const said = name !== '' && password.toLowerCase().includes(name.toLowerCase());
  if (different < 6 || ((COMMON.test(password) || said) && password.length < 20)) return 'weak';
  const score = password.length + 2 * kinds;
  return score >= 20 ? 'strong' : score >= 13 ? 'fair' : 'weak';
}
