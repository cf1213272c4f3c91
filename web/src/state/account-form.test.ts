import { describe, expect, it } from 'vitest';
import { checkAccount, refusalOf } from './account-form.ts';
import { ParleyError } from './sdk.ts';

const good = { username: 'li.hua', nickname: '', email: '', password: 'correct horse' };

describe('checkAccount', () => {
  it('accepts what the server accepts', () => {
    expect(checkAccount(good)).toEqual({});
    expect(checkAccount({ ...good, email: 'li@example.com' })).toEqual({});
  });

  it('names each field at fault', () => {
    expect(checkAccount({ username: '', nickname: '', email: 'x', password: '' })).toEqual({
      username: 'account.needUsername',
      email: 'account.badEmail',
      password: 'account.needPassword',
    });
    expect(checkAccount({ ...good, username: 'a b', password: 'short' })).toEqual({
      username: 'account.badUsername',
      password: 'account.shortPassword',
    });
  });
});

describe('refusalOf', () => {
  it('puts the business codes of taken names at their fields', () => {
    expect(refusalOf(ParleyError.conflict('taken', { code: 1001 }))).toEqual({ username: 'account.taken' });
    expect(refusalOf(ParleyError.conflict('taken', { code: 1002 }))).toEqual({ email: 'account.emailTaken' });
  });

  it('says the rest over the form', () => {
    expect(refusalOf(ParleyError.network('down'))).toEqual({ form: 'error.network' });
  });
});
