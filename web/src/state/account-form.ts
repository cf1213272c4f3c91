import type { WordKey } from '../i18n/index.ts';
import { detailOf, problemOf } from './errors.ts';
import { LONGEST, SHORTEST } from './password-strength.ts';

export interface AccountForm {
  username: string;
  nickname: string;
  email: string;
  password: string;
}

export type AccountFaults = Partial<Record<keyof AccountForm | 'form', WordKey>>;

/** What is wrong with a new account before the server is asked. */
export function checkAccount(form: AccountForm): AccountFaults {
  const faults: AccountFaults = {};
  const username = form.username.trim();
  if (username === '') faults.username = 'account.needUsername';
  else if (!/^[A-Za-z0-9._-]{1,64}$/.test(username) || /^\d+$/.test(username))
    faults.username = 'account.badUsername';
  const password = passwordFault(form.password);
  if (password) faults.password = password;
  const email = form.email.trim();
  if (email !== '' && !isEmail(email)) faults.email = 'account.badEmail';
  return faults;
}

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

/** What is wrong with a password that is being chosen. */
export function passwordFault(password: string): WordKey | undefined {
  if (password === '') return 'account.needPassword';
  if (password.length < SHORTEST) return 'account.shortPassword';
  return password.length > LONGEST ? 'account.longPassword' : undefined;
}

/** What the server had against it, at the field it is about. */
export function refusalOf(error: unknown): AccountFaults {
  const code = Number(detailOf(error, 'code'));
  if (code === 1001) return { username: 'account.taken' };
  if (code === 1002) return { email: 'account.emailTaken' };
  const field = detailOf(error, 'field');
  if (field === 'username') return { username: 'account.badUsername' };
  if (field === 'password') return { password: 'account.shortPassword' };
  if (field === 'email') return { email: 'account.badEmail' };
  return { form: problemOf(error).title };
}
