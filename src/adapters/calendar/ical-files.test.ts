import { describe, expect, it } from 'vitest';
import type { CalendarEntry } from '../../ports/calendar.ts';
import { icalFiles } from './ical-files.ts';

const entry = (more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  method: 'REQUEST',
  uid: 'meeting-7-abc@call.example.com',
  sequence: 2,
  at: Date.UTC(2026, 2, 1, 12),
  start: Date.UTC(2026, 2, 20, 9),
  end: Date.UTC(2026, 2, 20, 10, 30),
  title: 'Weekly',
  description: '',
  url: 'https://call.example.com/meet/7',
  organizer: { name: 'Ann', email: 'calls@example.com' },
  attendee: { name: 'Bob', email: 'bob@example.com' },
  ...more,
});

/** The lines of a file after the rules of RFC 5545, section 3.1: CRLF, 75 octets at most, folds undone. */
async function linesOf(more?: Partial<CalendarEntry>): Promise<string[]> {
  const text = await icalFiles.write(entry(more));
  expect(text.endsWith('\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    // No character is cut by a fold.
    expect(line.isWellFormed() && !line.includes('\ufffd')).toBe(true);
  }
  const lines = text
    .slice(0, -2)
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n');
  // name *(";" param) ":" value; parameters in quotes hold no quotes.
  const form = /^[A-Z][A-Z0-9-]*(;[A-Z][A-Z0-9-]*=("[^"]*"|[^";:,]*)(,("[^"]*"|[^";:,]*))*)*:.*$/;
  for (const line of lines) expect(line).toMatch(form);
  return lines;
}

const once = (lines: readonly string[], name: string) => {
  const found = lines.filter((line) => new RegExp(`^${name}[:;]`).test(line));
  expect(found, name).toHaveLength(1);
  return found[0] ?? '';
};

describe('a calendar file', () => {
  it('has what RFC 5545 and 5546 ask of a request, each once, in its components', async () => {
    const lines = await linesOf();
    expect([lines[0], lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR']);
    const event = lines.slice(lines.indexOf('BEGIN:VEVENT'), lines.indexOf('END:VEVENT') + 1);
    expect(event.length).toBeGreaterThan(8);
    expect(once(lines, 'VERSION')).toBe('VERSION:2.0');
    expect(once(lines, 'PRODID')).toMatch(/^PRODID:-\/\/Parley/);
    expect(once(lines, 'METHOD')).toBe('METHOD:REQUEST');
    expect(once(event, 'UID')).toBe('UID:meeting-7-abc@call.example.com');
    expect(once(event, 'SEQUENCE')).toBe('SEQUENCE:2');
    expect(once(event, 'DTSTAMP')).toBe('DTSTAMP:20260301T120000Z');
    expect(once(event, 'DTSTART')).toBe('DTSTART:20260320T090000Z');
    expect(once(event, 'DTEND')).toBe('DTEND:20260320T103000Z');
    expect(once(event, 'SUMMARY')).toBe('SUMMARY:Weekly');
    expect(once(event, 'STATUS')).toBe('STATUS:CONFIRMED');
    expect(once(event, 'ORGANIZER')).toMatch(/^ORGANIZER;CN="?Ann"?:mailto:calls@example\.com$/i);
    const attendee = once(event, 'ATTENDEE');
    expect(attendee).toMatch(/:mailto:bob@example\.com$/i);
    for (const part of ['PARTSTAT=NEEDS-ACTION', 'ROLE=REQ-PARTICIPANT', 'RSVP=FALSE'])
      expect(attendee).toContain(part);
    expect(once(event, 'URL')).toMatch(/:https:\/\/call\.example\.com\/meet\/7$/);
  });

  it('is folded by octets and escaped, whatever a title or a name is made of', async () => {
    const title = `逗号，分号；反斜杠\\, comma; "quoted" ${'很长的标题'.repeat(30)}😀`;
    const lines = await linesOf({
      title,
      description: 'One\nEND:VEVENT\nBEGIN:VALARM',
      organizer: { name: 'A"B;C:D,E', email: 'calls@example.com' },
      attendee: { name: '"; X="1', email: 'bob@example.com' },
    });
    const summary = once(lines, 'SUMMARY').slice('SUMMARY:'.length);
    expect(summary.replace(/\\([\\;,])/g, '$1')).toBe(title);
    expect(once(lines, 'DESCRIPTION')).toBe('DESCRIPTION:One\\nEND:VEVENT\\nBEGIN:VALARM');
    expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1);
    once(lines, 'ORGANIZER');
    once(lines, 'ATTENDEE');
  });

  it('says that something is off', async () => {
    expect(await linesOf({ method: 'CANCEL' })).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED']),
    );
    const { attendee: _, ...published } = entry({ method: 'PUBLISH', cancelled: true });
    const lines = (await icalFiles.write(published)).split('\r\n');
    expect(lines).toEqual(expect.arrayContaining(['METHOD:PUBLISH', 'STATUS:CANCELLED']));
    expect(lines.some((line) => line.startsWith('ATTENDEE'))).toBe(false);
  });

  it('repeats in the hours of its zone, whose changes of the clocks it tells', async () => {
    // Before and after the clocks are put forward.
    const exdates = [Date.UTC(2026, 2, 27, 9), Date.UTC(2026, 3, 3, 8)];
    const lines = await linesOf({
      repeats: { rule: 'FREQ=WEEKLY;BYDAY=FR', timezone: 'Europe/Berlin', exdates, changed: [] },
    });
    expect(once(lines, 'DTSTART(?=;)')).toBe('DTSTART;TZID=Europe/Berlin:20260320T100000');
    expect(once(lines, 'DTEND')).toBe('DTEND;TZID=Europe/Berlin:20260320T113000');
    expect(once(lines, 'RRULE')).toBe('RRULE:FREQ=WEEKLY;BYDAY=FR');
    expect(once(lines, 'DTSTAMP')).toBe('DTSTAMP:20260301T120000Z');
    expect(lines.filter((line) => line.startsWith('EXDATE'))).toEqual([
      'EXDATE;TZID=Europe/Berlin:20260327T100000',
      'EXDATE;TZID=Europe/Berlin:20260403T100000',
    ]);
    const zone = lines.slice(lines.indexOf('BEGIN:VTIMEZONE'), lines.indexOf('END:VTIMEZONE') + 1);
    expect(zone[1]).toBe('TZID:Europe/Berlin');
    const summer = zone.indexOf('DTSTART:20260329T020000');
    expect(zone.slice(summer - 1, summer + 4)).toEqual([
      'BEGIN:DAYLIGHT',
      'DTSTART:20260329T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'END:DAYLIGHT',
    ]);
    expect(zone).toContain('DTSTART:20261025T030000');
    const still = await linesOf({
      repeats: { rule: 'FREQ=DAILY', timezone: 'Asia/Shanghai', exdates: [], changed: [] },
    });
    expect(still.filter((line) => /^BEGIN:(STANDARD|DAYLIGHT)$/.test(line))).toHaveLength(1);
  });

  it('tells those of what repeats that are different, under the same name', async () => {
    const { start, end, title, description, url } = entry();
    const other = { start: start + 7 * 86_400_000 + 3_600_000, end: end + 7 * 86_400_000, title: 'Later' };
    const changed = [{ ...other, description, url, of: start + 7 * 86_400_000 }];
    const lines = await linesOf({
      title,
      repeats: { rule: 'FREQ=WEEKLY', timezone: 'Asia/Shanghai', exdates: [], changed },
    });
    const second = lines.slice(lines.lastIndexOf('BEGIN:VEVENT'));
    expect(once(second, 'UID')).toBe(lines.find((line) => line.startsWith('UID')));
    expect(once(second, 'RECURRENCE-ID')).toBe('RECURRENCE-ID;TZID=Asia/Shanghai:20260327T170000');
    expect(once(second, 'DTSTART')).toBe('DTSTART;TZID=Asia/Shanghai:20260327T180000');
    expect(once(second, 'SUMMARY')).toBe('SUMMARY:Later');
    expect(once(second, 'DTSTAMP')).toBe('DTSTAMP:20260301T120000Z');
    expect(second.some((line) => line.startsWith('RRULE'))).toBe(false);
  });
});
