import type { Meeting } from './sdk.ts';

/** Where a meeting is joined, and where it is shown. */
export const meetingAddress = (id: number): string => `/meet/${id}`;
export const detailsAddress = (id: number): string => `/meetings/${id}`;

/** The meeting that a number or a link names. */
export function meetingIdIn(text: string): number | undefined {
  const match = /^(?:.*\/(?:meet|meetings)\/)?([1-9]\d{0,15})\/?$/.exec(text.trim());
  return match ? Number(match[1]) : undefined;
}

/** Pages move while meetings come and go: one that is on both is there once. */
export function joined(before: readonly Meeting[], next: readonly Meeting[]): Meeting[] {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...next.filter(({ id }) => !known.has(id))];
}
