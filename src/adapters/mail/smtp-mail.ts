import { createTransport } from 'nodemailer';
import type { Letter, Mail, Sent } from '../../ports/mail.ts';

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  url: string;
  /** Whom letters are from. */
  from: string;
}

/** A mail server that does not answer is given up after this time; the letter has failed then. */
const PATIENCE_MS = 20_000;

/** Mail by SMTP, over a few connections that stay open a while; STARTTLS where the server offers it. */
export class SmtpMail implements Mail {
  readonly #transport: ReturnType<typeof connect>;
  readonly #from: string;
  /** The domain of our own letters' ids. */
  readonly #domain: string;

  constructor({ url, from }: SmtpOptions) {
    this.#transport = connect(url);
    this.#from = from;
    this.#domain = /@([^\s@>]+)>?$/.exec(from)?.[1] ?? 'localhost';
  }

  async send({ to, subject, text, calendar }: Letter, id: string): Promise<Sent> {
    try {
      await this.#transport.sendMail({
        from: this.#from,
        // As an object the address is one address, whatever signs are in it.
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${this.#domain}>`,
        // As an alternative of the text, and as a file for programs that do not know the former.
        ...(calendar && { icalEvent: { ...calendar, filename: 'invite.ics' } }),
      });
      return { taken: true };
    } catch (error) {
      const why = refusalOf(error);
      if (why === undefined) throw error;
      return { taken: false, why };
    }
  }

  async close(): Promise<void> {
    this.#transport.close();
  }
}

/** Why a letter is refused for good: its address or itself (5xx), not who sends it or when. */
function refusalOf(error: unknown): string | undefined {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  const ofLetter = code === 'EENVELOPE' || code === 'EMESSAGE';
  const forGood = ofLetter && responseCode !== undefined && responseCode >= 500;
  return forGood ? `the mail server answered ${responseCode}` : undefined;
}

const connect = (url: string) =>
  createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
