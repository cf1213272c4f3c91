import { describe, expect, it } from 'vitest';
import { faultOf, faultWords } from './media-problem.ts';

describe('faultOf', () => {
  const dom = (name: string, message = '') => new DOMException(message, name);

  it('tells a block by the person from a block by the system', () => {
    expect(faultOf(dom('NotAllowedError', 'Permission denied'))).toBe('denied');
    expect(faultOf(dom('NotAllowedError', 'Permission denied by system'))).toBe('system_denied');
  });

  it('tells missing, taken and insecure apart', () => {
    expect(faultOf(dom('NotFoundError'))).toBe('missing');
    expect(faultOf(dom('OverconstrainedError'))).toBe('missing');
    expect(faultOf(dom('NotReadableError'))).toBe('in_use');
    expect(faultOf(new TypeError('mediaDevices is undefined'))).toBe('insecure');
  });

  it('names the device that is at fault', () => {
    expect(faultWords('mic', 'denied').title).toBe('media.denied');
    expect(faultWords('cam', 'denied').title).toBe('media.camDenied');
    expect(faultWords('cam', 'missing').title).toBe('media.none');
  });
});
