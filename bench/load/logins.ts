import { setTimeout as delay } from 'node:timers/promises';
import { generate } from '../support/generator.ts';

interface Account {
  username: string;
  password: string;
}

async function signIn(url: string, account: Account): Promise<void> {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`login: ${answer.status} ${text}`);
}

generate({
  /** All at once, and again so often, from one beginning to the next so long at least. */
  async logins({
    url,
    accounts,
    bursts,
    everyMs,
  }: {
    url: string;
    accounts: Account[];
    bursts: number;
    everyMs: number;
  }) {
    for (let burst = 0; burst < bursts; burst++) {
      await Promise.all([delay(everyMs), ...accounts.map((account) => signIn(url, account))]);
    }
    return bursts * accounts.length;
  },
});
