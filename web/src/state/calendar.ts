/** A day of the month's sheet. */
export interface Day {
  date: Date;
  /** Of the month that is shown, not of its neighbours. */
  inMonth: boolean;
}

export const startOfMonth = (at: Date): Date => new Date(at.getFullYear(), at.getMonth(), 1);
export const monthAfter = (month: Date, by: number): Date =>
  new Date(month.getFullYear(), month.getMonth() + by, 1);

/** Whole weeks that hold a month. `firstDay`: 0 is Sunday, as `Date` counts. */
export function weeksOf(month: Date, firstDay: number): Day[][] {
  const first = startOfMonth(month);
  const lead = (first.getDay() - firstDay + 7) % 7;
  const next = monthAfter(first, 1);
  const weeks: Day[][] = [];
  for (let at = 1 - lead; ; ) {
    const week = Array.from({ length: 7 }, () => {
      const date = new Date(first.getFullYear(), first.getMonth(), at++);
      return { date, inMonth: date.getMonth() === first.getMonth() };
    });
    weeks.push(week);
    if (new Date(first.getFullYear(), first.getMonth(), at) >= next) return weeks;
  }
}

export const sameDay = (a: Date, b: Date): boolean =>
  a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();

/** The day a language's week begins with; Monday where the browser does not know. */
export function firstDayOf(language: string): number {
  const locale = new Intl.Locale(language) as Intl.Locale & {
    weekInfo?: { firstDay: number };
    getWeekInfo?: () => { firstDay: number };
  };
  return (locale.getWeekInfo?.() ?? locale.weekInfo ?? { firstDay: 1 }).firstDay % 7;
}

/** What `<input type="datetime-local">` holds for a moment, in this device's zone. */
export function localInput(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The next full half hour. */
export function nextHalfHour(now: Date): Date {
  const half = 30 * 60_000;
  return new Date(Math.ceil((now.getTime() + 1) / half) * half);
}
