import { instant } from '../../time.ts';

interface TimesAsked {
  start_time?: string | null;
  end_time?: string | null;
}

/** What is said of a meeting's times, in milliseconds; null takes one away. */
export function plannedTimes(asked: TimesAsked): { startTime?: number | null; endTime?: number | null } {
  const read = (text: string | null, field: string) => (text === null ? null : instant(text, field));
  return {
    ...(asked.start_time === undefined ? {} : { startTime: read(asked.start_time, 'start_time') }),
    ...(asked.end_time === undefined ? {} : { endTime: read(asked.end_time, 'end_time') }),
  };
}
