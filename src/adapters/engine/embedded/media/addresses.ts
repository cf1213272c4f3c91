import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** By interface, as `networkInterfaces` has them. */
type Interfaces = Record<
  string,
  readonly { address: string; family: string; internal: boolean }[] | undefined
>;

/** A machine of many bridges has more than any client could try. */
const MOST = 8;

/** The addresses of this machine that somebody else may reach, and its own loopback last. */
export function ownAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const all = Object.values(interfaces).flatMap((each) => each ?? []);
  const outer = all.filter(({ internal }) => !internal);
  const four = outer.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
  const six = outer
    .filter(({ family, address }) => family === 'IPv6' && isGlobal(address))
    .map(({ address }) => address);
  return [...new Set([...four, ...six])].slice(0, MOST).concat('127.0.0.1');
}

/**
 * Where to listen for clients that are told these addresses: at each of them, so that what comes back to them comes
 * from the address they asked. A family of which one is not this machine's own, as behind NAT, is listened to
 * everywhere; so are both for a name.
 */
export function listenAt(
  announced: readonly string[],
  interfaces: Interfaces = networkInterfaces(),
): string[] {
  const own = new Set(
    Object.values(interfaces).flatMap((each) => (each ?? []).map(({ address }) => address)),
  );
  const all = everywhere(interfaces);
  if (announced.some((address) => isIP(address) === 0)) return all;
  const hosts = all.flatMap((wildcard) => {
    const told = announced.map(plain).filter((address) => isIPv6(address) === isIPv6(wildcard));
    return told.every((address) => own.has(address)) ? [...new Set(told)] : wildcard;
  });
  return hosts.length > 0 ? hosts : all;
}

/** On IPv6 too, where this machine has it. */
export function everywhere(interfaces: Interfaces = networkInterfaces()): string[] {
  const all = Object.values(interfaces).flatMap((each) => each ?? []);
  return all.some(({ family }) => family === 'IPv6') ? ['0.0.0.0', '::'] : ['0.0.0.0'];
}

/** As the system writes it: IPv6 has many spellings. */
export const plain = (address: string) =>
  isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;

/** 2000::/3, and fc00::/7 of one's own network. */
const isGlobal = (address: string) => /^([23]|f[cd])/i.test(address) && address.includes(':');

export const isIPv6 = (host: string) => host.includes(':');
