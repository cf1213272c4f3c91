import { describe, expect, it } from 'vitest';
import { ParleyError } from './errors.ts';

describe('ParleyError', () => {
  it.each([
    [400, 'invalid'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [409, 'conflict'],
    [410, 'not_found'],
    [413, 'invalid'],
    [429, 'limit'],
    [500, 'internal'],
    [503, 'unavailable'],
  ])('of status %i is %s', (status, reason) => {
    expect(ParleyError.status(status, 'no')).toMatchObject({ reason, details: { status } });
  });

  it('believes the server’s word more than the status', () => {
    expect(ParleyError.status(409, 'full', { code: 'limit' }).reason).toBe('limit');
    expect(ParleyError.status(409, 'taken', { code: 1001 }).reason).toBe('conflict');
  });

  it.each([
    ['NotAllowedError', 'media_denied'],
    ['NotFoundError', 'media_missing'],
    ['OverconstrainedError', 'media_missing'],
    ['NotReadableError', 'media_in_use'],
    ['TypeError', 'internal'],
  ])('of the browser’s %s is %s', (name, reason) => {
    const cause = Object.assign(new Error('no'), { name });
    expect(ParleyError.media(cause)).toMatchObject({ reason, cause });
  });

  it('keeps one of ours and wraps everything else', () => {
    const ours = ParleyError.conflict('no');
    expect(ParleyError.of(ours)).toBe(ours);
    expect(ParleyError.of('odd')).toMatchObject({ reason: 'internal', message: 'odd' });
  });
});
