/** One message to one person: plain text, which every program shows. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  /** What mail programs and calendars take up by themselves: an invitation, its change or its end. */
  calendar?: LetterCalendar;
}

export interface LetterCalendar {
  method: 'REQUEST' | 'CANCEL';
  /** The `.ics` file. */
  content: string;
}

/** Whether the server that takes mail has a letter; `why` it never will. */
export type Sent = { taken: true } | { taken: false; why: string };

export interface Mail {
  /**
   * Throws, with nothing of the text in the error, when the letter may be taken another time. `id` is
   * the same each time, so that who gets it twice can know.
   */
  send(letter: Letter, id: string): Promise<Sent>;
  close(): Promise<void>;
}
