/** Why something failed, in the few words that the system or the library has for it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? error.cause : error;
  const all = inner instanceof AggregateError ? inner.errors : [inner];
  return all
    .map((one: NodeJS.ErrnoException) => one.code ?? one.message)
    .filter(Boolean)
    .join(', ');
}
