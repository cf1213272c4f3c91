import { expect, it } from 'vitest';
import { sessionOf } from './sdp.ts';

it('a description tells which connection made it', () => {
  expect(sessionOf({ type: 'offer', sdp: 'v=0\r\no=- 4611 2 IN IP4 127.0.0.1\r\ns=-\r\n' })).toBe('4611');
  expect(sessionOf({ type: 'offer', sdp: 'v=0\r\ns=-\r\n' })).toBeUndefined();
  expect(sessionOf({ type: 'offer' })).toBeUndefined();
});
