import { url, wrong } from './checks.ts';
import type { Env } from './env.ts';

/** How people get mail. */
export interface MailConfig {
  /** The mail server; without one there is no mail. */
  smtpUrl: string | undefined;
  from: string;
  /** Without a mail server: letters are written into the log, for whoever develops here. */
  logged: boolean;
}

export function mailFrom(env: Env): MailConfig {
  const smtpUrl = url(env, 'SMTP_URL', ['smtp://', 'smtps://']);
  const from = env.MAIL_FROM ?? sender(env, smtpUrl);
  if (!/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/.test(from)) {
    throw wrong('MAIL_FROM', from, 'an address such as "Parley <calls@example.com>"');
  }
  return Object.freeze({
    smtpUrl,
    from,
    logged: smtpUrl === undefined && env.NODE_ENV !== 'production',
  });
}

/** Who signs in to the mail server with an address sends as it; else it is this server's. */
function sender({ PUBLIC_URL }: Env, smtpUrl: string | undefined): string {
  const user = smtpUrl === undefined ? '' : decodeURIComponent(new URL(smtpUrl).username);
  if (user.includes('@')) return user;
  const host =
    PUBLIC_URL !== undefined && URL.canParse(PUBLIC_URL) ? new URL(PUBLIC_URL).hostname : 'localhost';
  return `Parley <parley@${host}>`;
}
