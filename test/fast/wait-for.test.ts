import { expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';

it('answers with what the look found, and looks again until then', async () => {
  let looks = 0;
  const found = await waitFor(() => (++looks === 3 ? looks : undefined), {
    reason: 'the third look',
    everyMs: 1,
  });
  expect(found).toBe(3);
});

it('takes a thrown error for "not yet"', async () => {
  let looks = 0;
  const look = (): string => {
    if (++looks < 3) throw new Error('not there');
    return 'there';
  };
  expect(await waitFor(look, { reason: 'a look that does not throw', everyMs: 1 })).toBe('there');
});

it('says what it waited for and what the last look found', async () => {
  const look = (): never => {
    throw new Error('the door is shut');
  };
  await expect(waitFor(look, { reason: 'the door to open', timeoutMs: 30, everyMs: 5 })).rejects.toThrow(
    'waited 30 ms for the door to open; the last look failed: the door is shut',
  );
});
