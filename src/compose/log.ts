import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';

/** Longer than any message that says something. */
const GREATEST_MESSAGE = 500;

/** The program's log, on standard error: standard output carries the line that says where we listen, and nothing else. */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: null, serializers: { err: describeError } }, destination);
}

/**
 * An error as the log tells it: what it is, and the one place of ours it came from. Not its stack, and
 * nothing of what database clients hang on it: statements, values.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error).slice(0, GREATEST_MESSAGE) };
  // Of several failed attempts (an address by IPv6 and by IPv4) the first says it.
  const { message, cause } = error instanceof AggregateError && !error.message ? firstOf(error) : error;
  const { code } = error as NodeJS.ErrnoException;
  const at = placeOf(error);
  return {
    type: error.name,
    message: message.slice(0, GREATEST_MESSAGE),
    ...(typeof code === 'string' ? { code } : {}),
    ...(at === undefined ? {} : { at }),
    ...(cause instanceof Error ? { cause: describeError(cause) } : {}),
  };
}

const firstOf = ({ errors }: AggregateError): Error =>
  errors[0] instanceof Error ? errors[0] : new Error(String(errors[0]));

const placeOf = ({ stack = '' }: Error): string | undefined =>
  /^ +at .*[/\\](src[/\\][^\s()]+:\d+):\d+\)?$/m.exec(stack)?.[1];
