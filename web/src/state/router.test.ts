import { describe, expect, it } from 'vitest';
import { parseRoute } from './router.ts';

describe('parseRoute', () => {
  it('opens the calls at the root', () => {
    expect(parseRoute('/')).toEqual({ name: 'calls' });
    expect(parseRoute('/calls/')).toEqual({ name: 'calls' });
  });

  it('reads the id of a group, decoded', () => {
    expect(parseRoute('/groups/a%20b')).toEqual({ name: 'groups', id: 'a b' });
    expect(parseRoute('/groups')).toEqual({ name: 'groups' });
    expect(parseRoute('/rooms/%E5%91%A8%E4%BC%9A')).toEqual({ name: 'rooms', id: '周会' });
  });

  it('does not know what is too deep, misspelt or wrongly encoded', () => {
    for (const path of ['/calls/1', '/groups/a/b', '/call-me', '/settings/%E0%A4%A']) {
      expect(parseRoute(path), path).toEqual({ name: 'unknown' });
    }
  });
});
