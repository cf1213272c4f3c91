import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  ATTRIBUTE,
  attributeOf,
  decode,
  encode,
  errorCode,
  isSigned,
  METHOD,
  request,
  uint32,
} from './message.ts';
import { serverUrl } from './server-url.ts';
import { xorAddress } from './xor-address.ts';

/** RFC 5769, 2.1 to 2.3: messages that every implementation must understand. */
const PASSWORD = Buffer.from('VOkJxbRl1RmTxUk/WvJxBt');
const REQUEST = Buffer.from(
  '000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74' +
    '002400046e0001ff80290008932ff9b151263b36000600096576746a3a683676592020200008001' +
    '49aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf',
  'hex',
);
const IPV4_ANSWER = Buffer.from(
  '0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220' +
    '002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96',
  'hex',
);
const IPV6_ANSWER = Buffer.from(
  '010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220' +
    '002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed41' +
    '80280004c8fb0b4c',
  'hex',
);

describe('STUN messages', () => {
  it('are read as the RFC writes them', () => {
    const message = decode(REQUEST);
    expect(message).toMatchObject({ method: METHOD.binding, kind: 'request' });
    expect(message && attributeOf(message, ATTRIBUTE.username)?.toString()).toBe('evtj:h6vY');
    expect(isSigned(REQUEST, PASSWORD)).toBe(true);
    expect(isSigned(REQUEST, Buffer.from('another password'))).toBe(false);
  });

  it.each([
    ['IPv4', IPV4_ANSWER, '192.0.2.1'],
    ['IPv6', IPV6_ANSWER, '2001:db8:1234:5678:11:2233:4455:6677'],
  ])('tell an address, %s', (_, bytes, address) => {
    const message = decode(bytes);
    expect(message?.kind).toBe('success');
    expect(message && xorAddress(message)).toEqual({ address, port: 32853 });
    expect(isSigned(bytes, PASSWORD)).toBe(true);
  });

  it('are written as they are read, with signature and fingerprint', () => {
    const key = randomBytes(20);
    const asked = request(METHOD.allocate, [
      [ATTRIBUTE.username, Buffer.from('odd')],
      [ATTRIBUTE.lifetime, uint32(600)],
    ]);
    const bytes = encode(asked, { key, fingerprint: true });
    const read = decode(bytes);
    expect(read).toMatchObject({ method: METHOD.allocate, kind: 'request', id: asked.id });
    expect(read?.attributes.slice(0, 2)).toEqual(asked.attributes);
    expect(read?.attributes.map(([type]) => type)).toEqual([
      ATTRIBUTE.username,
      ATTRIBUTE.lifetime,
      ATTRIBUTE.integrity,
      ATTRIBUTE.fingerprint,
    ]);
    expect(isSigned(bytes, key)).toBe(true);
    bytes.writeUInt8(bytes.readUInt8(24) ^ 1, 24);
    expect(isSigned(bytes, key)).toBe(false);
  });

  it('are written with the signature and fingerprint of the RFC', () => {
    const message = decode(REQUEST);
    if (!message) throw new Error('not read');
    const own = message.attributes.filter(
      ([type]) => type !== ATTRIBUTE.integrity && type !== ATTRIBUTE.fingerprint,
    );
    // The RFC fills up with spaces, we with zeros: only what needs no filling is the same.
    const whole = own.filter(([, value]) => value.length % 4 === 0);
    const bytes = encode({ ...message, attributes: whole }, { key: PASSWORD, fingerprint: true });
    expect(bytes.subarray(20, 20 + 20)).toEqual(REQUEST.subarray(20, 20 + 20));
    expect(isSigned(bytes, PASSWORD)).toBe(true);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['the beginning of one', REQUEST.subarray(0, 50)],
    ['RTP', Buffer.from('80600001000000010000000100000000000000000000000000', 'hex')],
    [
      'one whose attribute is longer than itself',
      Buffer.from(`000100042112a442${'00'.repeat(12)}00060009`, 'hex'),
    ],
  ])('are not %s', (_, bytes) => {
    expect(decode(bytes)).toBeUndefined();
  });

  it('tell the number of a refusal', () => {
    const value = Buffer.from([0, 0, 4, 38]);
    const refusal = { ...request(METHOD.allocate, [[ATTRIBUTE.errorCode, value]]), kind: 'error' as const };
    const read = decode(encode(refusal));
    expect(read && errorCode(read)).toBe(438);
  });
});

describe('addresses of STUN and TURN servers', () => {
  it.each([
    ['stun:stun.example.com', { host: 'stun.example.com', port: 3478, transport: 'udp', tls: false }],
    ['turn:203.0.113.7:80?transport=tcp', { host: '203.0.113.7', port: 80, transport: 'tcp', tls: false }],
    ['turns:turn.example.com', { host: 'turn.example.com', port: 5349, transport: 'tcp', tls: true }],
    [
      'turn:[2001:db8::7]:3478?transport=udp',
      { host: '2001:db8::7', port: 3478, transport: 'udp', tls: false },
    ],
    [
      'turns:turn.example.com:443?transport=udp',
      { host: 'turn.example.com', port: 443, transport: 'udp', tls: true },
    ],
  ])('%s', (url, parts) => {
    expect(serverUrl(url)).toEqual(parts);
  });

  it('are not other words', () => {
    expect(serverUrl('https://example.com')).toBeUndefined();
  });
});
