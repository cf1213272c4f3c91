import { describe, expect, it } from 'vitest';
import { deviceName } from './device-name.ts';

describe('deviceName', () => {
  it('names browser and system as people do', () => {
    expect(
      deviceName('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36'),
    ).toBe('Chrome, Linux');
    expect(
      deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1'),
    ).toBe('Safari, iPhone');
    expect(deviceName('Mozilla/5.0 (Windows NT 10.0) Chrome/142 Safari/537.36 Edg/142')).toBe(
      'Edge, Windows',
    );
  });

  it('takes what it does not know by its first word', () => {
    expect(deviceName('parley-client/0.1')).toBe('parley-client');
    expect(deviceName('')).toBeUndefined();
  });
});
