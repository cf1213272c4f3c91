import { networkInterfaces } from 'node:os';

/** A machine of many bridges has more than any client could try. */
const MOST = 8;

/** The addresses of this machine that somebody else may reach, and its own loopback last. */
export function ownAddresses(interfaces = networkInterfaces()): string[] {
  const all = Object.values(interfaces).flatMap((each) => each ?? []);
  const outer = all.filter(({ internal }) => !internal);
  const four = outer.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
  const six = outer
    .filter(({ family, address }) => family === 'IPv6' && isGlobal(address))
    .map(({ address }) => address);
  return [...new Set([...four, ...six])].slice(0, MOST).concat('127.0.0.1');
}

/** Everywhere: on IPv6 too, where this machine has it. */
export function everywhere(interfaces = networkInterfaces()): string[] {
  const all = Object.values(interfaces).flatMap((each) => each ?? []);
  return all.some(({ family }) => family === 'IPv6') ? ['0.0.0.0', '::'] : ['0.0.0.0'];
}

/** 2000::/3, and fc00::/7 of one's own network. */
const isGlobal = (address: string) => /^([23]|f[cd])/i.test(address) && address.includes(':');

export const isIPv6 = (host: string) => host.includes(':');
