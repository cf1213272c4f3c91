import { expect, it } from 'vitest';
import { GatedPasswords } from './gated-passwords.ts';
import { CHEAP } from './people.fixture.ts';

it('hashes, checks and pretends one after the other, whatever comes at once', async () => {
  let [now, most] = [0, 0];
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    most = Math.max(most, ++now);
    return work.finally(() => now--);
  };
  const gated = new GatedPasswords(
    {
      hash: (password) => counted(CHEAP.hash(password)),
      verify: (password, hash) => counted(CHEAP.verify(password, hash)),
      pretend: (password) => counted(CHEAP.pretend(password)),
    },
    { atOnce: 1, waiting: 4 },
  );
  const hash = await gated.hash('password123');
  const answers = await Promise.all([
    gated.verify('password123', hash),
    gated.verify('another', hash),
    gated.pretend('password123'),
    gated.hash('password123'),
  ]);
  expect(answers).toEqual([true, false, undefined, expect.stringMatching(/^argon2id/)]);
  expect(most).toBe(1);
  const rush = await Promise.allSettled(Array.from({ length: 9 }, () => gated.verify('password123', hash)));
  expect(rush.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});
