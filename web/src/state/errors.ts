import type { WordKey } from '../i18n/index.ts';
import { ParleyError } from './sdk.ts';

/** What went wrong and what to do, in words; `details` is for the folded part. */
export interface Problem {
  title: WordKey;
  cure?: WordKey;
  details: string;
}

const titles: Record<string, WordKey> = {
  network: 'error.network',
  unauthenticated: 'error.unauthenticated',
  forbidden: 'error.forbidden',
  not_found: 'error.not_found',
  conflict: 'error.conflict',
  limit: 'error.limit',
  invalid: 'error.invalid',
  unavailable: 'error.unavailable',
  media_denied: 'media.denied',
  media_missing: 'media.noMic',
  media_in_use: 'media.micInUse',
  insecure: 'media.insecure',
};

const cures: Record<string, WordKey> = {
  network: 'error.networkCure',
  media_denied: 'media.deniedCure',
  media_missing: 'media.noMicCure',
  insecure: 'media.insecureCure',
  unavailable: 'error.internalCure',
};

export function problemOf(error: unknown): Problem {
  const reason = reasonOf(error);
  const cure = cures[reason] ?? (reason === 'internal' ? 'error.internalCure' : undefined);
  return {
    title: titles[reason] ?? 'error.internal',
    ...(cure ? { cure } : {}),
    details: error instanceof Error ? `${reason}: ${error.message}` : String(error),
  };
}

export function reasonOf(error: unknown): string {
  return error instanceof ParleyError ? error.reason : 'internal';
}

/** A detail of an SDK error: E's business `code`, the `field` at fault, seconds to wait. */
export function detailOf(error: unknown, name: string): unknown {
  if (!(error instanceof ParleyError)) return undefined;
  const details: unknown = error.details;
  if (typeof details !== 'object' || details === null) return undefined;
  return (details as Record<string, unknown>)[name];
}

/** A refusal as a form shows it: a sentence, and seconds to wait where there are too many tries. */
export interface Refused {
  word: WordKey;
  wait?: number | undefined;
}

export function refusedBy(error: unknown): Refused {
  const wait = Number(detailOf(error, 'retryAfter'));
  return { word: problemOf(error).title, wait: Number.isFinite(wait) ? wait : undefined };
}
