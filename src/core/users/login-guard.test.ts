import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryCounters } from '../../adapters/counters/memory.ts';
import { LoginGuard } from './login-guard.ts';

let now: number;
let guard: LoginGuard;
beforeEach(() => {
  now = 1_000_000;
  const clock = { now: () => now };
  guard = new LoginGuard({ clock, counters: new MemoryCounters({ clock }) });
});

const at = (address: string, account = 'user:1') => ({ account, address });
const fails = async (attempt: ReturnType<typeof at>, times: number) => {
  for (let i = 0; i < times; i++) await guard.begin(attempt);
};
/** How long an attempt is told to wait; 0 when it may be made. */
const waitOf = async (attempt: ReturnType<typeof at>): Promise<number> => {
  try {
    await guard.begin(attempt);
    return 0;
  } catch (error) {
    expect(error).toMatchObject({ code: 'limit', key: 'auth.slow_down' });
    return (error as { details: { retryAfter: number } }).details.retryAfter;
  }
};

describe('wrong passwords for one account from one address', () => {
  it('are free at first; then each waits twice as long, and asking sooner makes it no longer', async () => {
    await fails(at('a'), 5);
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const wait = await waitOf(at('a'));
      waits.push(wait);
      expect(await waitOf(at('a'))).toBe(wait);
      now += wait * 1000;
      await guard.begin(at('a'));
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
  });

  it('see each other when they come side by side', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => waitOf(at('a'))));
    expect(answers.filter((wait) => wait === 0)).toHaveLength(5);
  });

  it('delay neither another address nor another account', async () => {
    await fails(at('a'), 5);
    expect(await waitOf(at('a'))).toBe(1);
    expect(await waitOf(at('b'))).toBe(0);
    expect(await waitOf(at('a', 'user:2'))).toBe(0);
  });

  it('are forgotten with the right one', async () => {
    await fails(at('a'), 3);
    await guard.begin(at('a'));
    await guard.succeeded(at('a'));
    for (let i = 0; i < 5; i++) expect(await waitOf(at('a'))).toBe(0);
    expect(await waitOf(at('a'))).toBe(1);
  });
});

describe('wrong passwords for one account from everywhere', () => {
  const attackFromManyAddresses = async () => {
    for (let i = 0; i < 100; i++) await guard.begin(at(`bot ${i}`));
  };

  it('delay strangers to it', async () => {
    await attackFromManyAddresses();
    expect(await waitOf(at('another bot'))).toBe(900);
    now += 900_000;
    expect(await waitOf(at('another bot'))).toBe(0);
  });

  it('and never an address its owner has signed in from', async () => {
    await guard.begin(at('home'));
    await guard.succeeded(at('home'));
    await attackFromManyAddresses();
    expect(await waitOf(at('bot'))).toBe(900);
    expect(await waitOf(at('home'))).toBe(0);
    await guard.succeeded(at('home'));
    expect(await waitOf(at('home'))).toBe(0);
  });
});
