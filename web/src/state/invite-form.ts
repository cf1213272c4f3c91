import type { Person } from './sdk.ts';

/** Somebody who is about to be invited: an account by its uid, or an address. */
export interface Chosen {
  name: string;
  label: string;
}

/** The server takes no more at once. */
export const MOST_AT_ONCE = 100;

const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;

export const chosenPerson = ({ uid, name }: Person): Chosen => ({ name: uid, label: name });

/** Another one behind those there are; nobody is there twice. */
export function withChosen(now: readonly Chosen[], more: readonly Chosen[]): readonly Chosen[] {
  const all = new Map(now.map((one) => [one.name, one]));
  for (const one of more) if (!all.has(one.name)) all.set(one.name, one);
  return [...all.values()];
}

/** The addresses in what was typed or pasted (`Ann <ann@example.com>, bob@example.com`), and what is none of them. */
export function addressesIn(typed: string): { addresses: Chosen[]; rest: string } {
  const parts = typed.split(/[,;\s]+/).filter((part) => part !== '');
  const bare = (part: string) => part.replace(/^<(.*)>$/, '$1').toLowerCase();
  const addresses = parts.map(bare).filter((part) => ADDRESS.test(part));
  // The names that stand before addresses in lists of other programs say nothing more.
  const rest = addresses.length > 0 ? '' : typed.trim();
  return { addresses: addresses.map((name) => ({ name, label: name })), rest };
}
