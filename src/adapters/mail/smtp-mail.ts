import { createTransport } from 'nodemailer';
import type { Letter, Mail } from '../../ports/mail.ts';

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

  constructor({ url, from }: SmtpOptions) {
    this.#transport = connect(url);
    this.#from = from;
  }

  async send({ to, subject, text }: Letter): Promise<void> {
    // As an object the address is one address, whatever signs are in it.
    await this.#transport.sendMail({ from: this.#from, to: { name: '', address: to }, subject, text });
  }

  async close(): Promise<void> {
    this.#transport.close();
  }
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
