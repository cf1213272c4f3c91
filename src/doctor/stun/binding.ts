import { randomBytes } from 'node:crypto';
import { ask } from './ask.ts';
import { ATTRIBUTE, encode, isSigned, METHOD, request, uint32 } from './message.ts';
import type { ServerUrl } from './server-url.ts';
import { type Place, tcpWay, udpWay } from './way.ts';
import { type Address, xorAddress } from './xor-address.ts';

/** How a STUN server sees this machine. Throws `NoAnswer` and what sockets throw. */
export async function seenAs(server: ServerUrl): Promise<Address | undefined> {
  const way = server.transport === 'udp' ? await udpWay(server) : await tcpWay(server, server);
  try {
    const asked = request(METHOD.binding);
    const { answer } = await ask(way, asked, encode(asked));
    return xorAddress(answer);
  } finally {
    way.close();
  }
}

/** ICE's names for one side of a connection. */
export interface Credentials {
  readonly ufrag: string;
  readonly password: string;
}

/** RFC 8445, 7.2.2: the priority a peer-reflexive candidate would have. */
const PRIORITY = (110 << 24) | (0xffff << 8) | 255;

/**
 * ICE's connectivity check of a candidate, as a client makes it: true when whoever answers knows the
 * password. Throws `NoAnswer` and what sockets throw.
 */
export async function connects(to: Place, protocol: 'udp' | 'tcp', remote: Credentials): Promise<boolean> {
  const way = protocol === 'udp' ? await udpWay(to) : await tcpWay(to, { framed: true });
  try {
    const asked = request(METHOD.binding, [
      [ATTRIBUTE.username, Buffer.from(`${remote.ufrag}:doctor`)],
      [ATTRIBUTE.priority, uint32(PRIORITY)],
      [ATTRIBUTE.controlling, randomBytes(8)],
      [ATTRIBUTE.useCandidate, Buffer.alloc(0)],
    ]);
    const key = Buffer.from(remote.password);
    const { answer, bytes } = await ask(way, asked, encode(asked, { key, fingerprint: true }));
    return answer.kind === 'success' && isSigned(bytes, key);
  } finally {
    way.close();
  }
}
