import { describe, expect, it } from 'vitest';
import { configFrom, printable } from './config.ts';
import { mailFrom } from './mail.ts';

describe('mail', () => {
  it('is from whom is said, else from the user of the server, else from this server', () => {
    const SMTP_URL = 'smtp://calls%40example.com:secret@mail.example.com:587';
    expect(mailFrom({ SMTP_URL, MAIL_FROM: 'Calls <c@example.org>' }).from).toBe('Calls <c@example.org>');
    expect(mailFrom({ SMTP_URL }).from).toBe('calls@example.com');
    expect(mailFrom({ SMTP_URL: 'smtps://mail', PUBLIC_URL: 'https://call.example.com:8443' }).from).toBe(
      'Parley <parley@call.example.com>',
    );
    expect(mailFrom({}).from).toBe('Parley <parley@localhost>');
  });

  it('is in the log where there is no server for it, unless this is production', () => {
    expect(mailFrom({}).logged).toBe(true);
    expect(mailFrom({ NODE_ENV: 'production' }).logged).toBe(false);
    expect(mailFrom({ SMTP_URL: 'smtp://mail' }).logged).toBe(false);
  });

  it('says what is wrong, and tells no secret', () => {
    expect(() => mailFrom({ MAIL_FROM: 'nobody' })).toThrow('MAIL_FROM=nobody is not valid');
    expect(() => mailFrom({ SMTP_URL: 'mail.example.com:secret' })).toThrow('SMTP_URL=(hidden)');
    const config = configFrom({ SMTP_URL: 'smtp://user:secret@mail?key=secret' });
    expect(JSON.stringify(printable(config))).not.toContain('secret');
  });
});
