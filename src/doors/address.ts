import { isIPv4, isIPv6 } from 'node:net';

/**
 * One customer's address, whichever of its forms it came in. IPv6 is a /64, for that much everybody
 * is given; an IPv4 address in IPv6's clothes is the IPv4 address.
 */
export function customerOf(ip: string): string {
  const address = withoutPort(ip).split('%', 1)[0] ?? '';
  if (!isIPv6(address)) return isIPv4(address) ? address : 'unknown';
  const groups = groupsOf(address);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) return groups.slice(6).flatMap(bytesOf).join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** Some proxies tell the port as well. */
const withoutPort = (ip: string): string =>
  /^\[(.+)\](?::\d+)?$/.exec(ip)?.[1] ?? /^([\d.]+):\d+$/.exec(ip)?.[1] ?? ip;

/** The eight numbers of an IPv6 address; the URL parser knows all the ways to write one. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const before = numbersOf(head);
  const after = numbersOf(tail ?? '');
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

const numbersOf = (text: string): number[] =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));

const bytesOf = (group: number): number[] => [group >> 8, group & 0xff];
