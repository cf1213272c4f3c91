import { isIPv6, plain } from './addresses.ts';

/** Where one worker listens: an address of the machine, or all of a family. */
export interface Listening {
  readonly host: string;
  readonly udp: number;
  readonly tcp: number;
}

/** ICE candidates of one worker, the same for all its connections: lines without `a=`. */
export interface Candidates {
  readonly udp: readonly string[];
  readonly tcp: readonly string[];
}

/** RFC 8445, 5.1.2.1: hosts before all else, TCP below UDP. */
const UDP_PREFERENCE = 126;
const TCP_PREFERENCE = 90;
/** RFC 6544, 4.2: a passive host. */
const PASSIVE = 4 << 13;

/** One for each address and protocol; earlier addresses are preferred. A family that is not listened to has none. */
export function candidatesOf(announced: readonly string[], listening: readonly Listening[]): Candidates {
  const at = (host: string) => listening.find((each) => each.host === host);
  const lines = (protocol: 'udp' | 'tcp') =>
    announced.flatMap((address, i) => {
      const port = (at(plain(address)) ?? at(isIPv6(address) ? '::' : '0.0.0.0'))?.[protocol];
      if (port === undefined) return [];
      const local = protocol === 'udp' ? 0xffff - i : PASSIVE + 0x1fff - i;
      const preference = protocol === 'udp' ? UDP_PREFERENCE : TCP_PREFERENCE;
      const priority = preference * 2 ** 24 + local * 2 ** 8 + 255;
      const kind = protocol === 'udp' ? 'typ host' : 'typ host tcptype passive';
      return `candidate:${protocol}${i} 1 ${protocol} ${priority} ${address} ${port} ${kind}`;
    });
  return { udp: lines('udp'), tcp: lines('tcp') };
}
