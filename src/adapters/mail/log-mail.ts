import type { Letter, Mail } from '../../ports/mail.ts';

/** Where no mail server is: the letter is told to whoever develops here, and goes to nobody. */
export const logMail = (write: (letter: Letter) => void): Mail => ({
  async send(letter) {
    write(letter);
    return { taken: true };
  },
  close: async () => {},
});

/** Where no mail server is and nobody may read along: no letter is ever taken. */
export const noMail: Mail = {
  send: async () => ({ taken: false, why: 'there is no mail server: SMTP_URL is not set' }),
  close: async () => {},
};
