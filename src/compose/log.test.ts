import { expect, test } from 'vitest';
import { ParleyError } from '../core/errors.ts';
import { createLog } from './log.ts';

function logged(err: unknown): { line: string; err: Record<string, unknown> } {
  const lines: string[] = [];
  createLog('error', { write: (line) => void lines.push(line) }).error({ err }, 'could not');
  const [line = ''] = lines;
  return { line, err: JSON.parse(line).err };
}

test('the log tells what went wrong and the one place it came from, no stack', () => {
  const { line, err } = logged(new TypeError('nothing there'));
  expect(err).toEqual({
    type: 'TypeError',
    message: 'nothing there',
    at: expect.stringMatching(/^src\/compose\/log\.test\.ts:\d+$/),
  });
  expect(line).not.toContain('    at ');
});

test('a database’s failure is told without its statement and values', () => {
  const failure = Object.assign(new Error('deadlock detected'), {
    code: '40P01',
    sql: "insert into users values ('ann', 'a-secret')",
    query: 'select a-secret',
    parameters: ['a-secret'],
    detail: 'Key (email)=(a-secret) already exists',
  });
  const error = new ParleyError('unavailable', 'database');
  error.cause = failure;
  const { line, err } = logged(error);
  expect(err).toMatchObject({
    type: 'ParleyError',
    code: 'unavailable',
    message: 'unavailable: database',
    cause: { type: 'Error', code: '40P01', message: 'deadlock detected' },
  });
  expect(line).not.toContain('a-secret');
});

test('of several failed attempts the first is told; what is no error is told as text', () => {
  const refused = new AggregateError([new Error('connect ECONNREFUSED ::1:1'), new Error('other')]);
  expect(logged(refused).err).toMatchObject({
    type: 'AggregateError',
    message: 'connect ECONNREFUSED ::1:1',
  });
  expect(logged('gone').err).toEqual({ message: 'gone' });
});
