import { describe, expect, test } from 'vitest';
import { listenAt, ownAddresses } from './addresses.ts';
import { candidatesOf } from './candidates.ts';

const at = (address: string, internal = false) => ({
  address,
  internal,
  family: address.includes(':') ? 'IPv6' : 'IPv4',
});
const MACHINE = {
  lo: [at('127.0.0.1', true), at('::1', true)],
  eth0: [at('10.0.0.5'), at('2001:db8::5'), at('fe80::1')],
};
const ONLY_FOUR = { eth0: [at('10.0.0.5')] };

describe('where to listen', () => {
  test.each([
    ['the one that is told', ['10.0.0.5'], ['10.0.0.5']],
    ['each of those that are told', ownAddresses(MACHINE), ['10.0.0.5', '127.0.0.1', '2001:db8::5']],
    ['both families', ['::1', '127.0.0.1'], ['127.0.0.1', '::1']],
    ['an address once, however it is written', ['2001:DB8:0::5', '2001:db8::5'], ['2001:db8::5']],
    ['everywhere behind NAT', ['203.0.113.7'], ['0.0.0.0']],
    ['everywhere, where an own address is told beside it', ['203.0.113.7', '10.0.0.5'], ['0.0.0.0']],
    ['each family for itself', ['203.0.113.7', '2001:db8::5'], ['0.0.0.0', '2001:db8::5']],
    ['everywhere for a name', ['media.example.org'], ['0.0.0.0', '::']],
  ])('%s', (_, announced, hosts) => {
    expect(listenAt(announced, MACHINE)).toEqual(hosts);
  });

  test('not on IPv6 where the machine has none', () => {
    expect(listenAt(['203.0.113.7', '2001:db8::7'], ONLY_FOUR)).toEqual(['0.0.0.0']);
    expect(listenAt(['media.example.org'], ONLY_FOUR)).toEqual(['0.0.0.0']);
    expect(listenAt(['2001:db8::7'], ONLY_FOUR)).toEqual(['0.0.0.0']);
  });
});

test('a candidate has the port of its own address, else that of its family, else there is none', () => {
  const ports = (announced: string[], hosts: string[]) => {
    const listening = hosts.map((host, i) => ({ host, udp: 1000 + i, tcp: 2000 + i }));
    const { udp, tcp } = candidatesOf(announced, listening);
    return [...udp, ...tcp]
      .map((line) => line.split(' '))
      .map(([, , , , address, port]) => `${address} ${port}`);
  };
  expect(ports(['10.0.0.5', '127.0.0.1'], ['127.0.0.1', '10.0.0.5'])).toEqual([
    '10.0.0.5 1001',
    '127.0.0.1 1000',
    '10.0.0.5 2001',
    '127.0.0.1 2000',
  ]);
  expect(ports(['2001:DB8::5'], ['0.0.0.0', '2001:db8::5'])).toEqual([
    '2001:DB8::5 1001',
    '2001:DB8::5 2001',
  ]);
  expect(ports(['203.0.113.7', '2001:db8::7'], ['0.0.0.0'])).toEqual([
    '203.0.113.7 1000',
    '203.0.113.7 2000',
  ]);
});
