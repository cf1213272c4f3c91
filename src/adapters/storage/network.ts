const CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
  'PROTOCOL_CONNECTION_LOST',
];
/** What the clients say without a code. */
const WORDS =
  /connection terminated|timeout exceeded when trying to connect|closed state|pool is closed|not queryable/i;

/** The server cannot be reached, or went away. */
export function isNetworkError(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isNetworkError);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return CODES.includes(code) || WORDS.test(error.message);
}
