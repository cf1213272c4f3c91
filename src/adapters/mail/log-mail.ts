import type { Letter, Mail } from '../../ports/mail.ts';

/** Where no mail server is: the letter is told to whoever develops here, and goes to nobody. */
export const logMail = (write: (letter: Letter) => void): Mail => ({
  send: async (letter) => write(letter),
  close: async () => {},
});

/** Where no mail server is and nobody may read along: every letter fails. */
export const noMail: Mail = {
  send: () => Promise.reject(new Error('there is no mail server: SMTP_URL is not set')),
  close: async () => {},
};
