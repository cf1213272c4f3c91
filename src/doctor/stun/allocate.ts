import { createHash } from 'node:crypto';
import { ask } from './ask.ts';
import {
  ATTRIBUTE,
  type Attribute,
  attributeOf,
  encode,
  errorCode,
  METHOD,
  request,
  type StunMessage,
  uint32,
} from './message.ts';
import type { ServerUrl } from './server-url.ts';
import { tcpWay, udpWay, type Way } from './way.ts';
import { type Address, xorAddress } from './xor-address.ts';

/** The TURN server's own number for what it refuses: 401 is the credential. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: number;

  constructor(code: number) {
    super(`refused: ${code}`);
    this.code = code;
  }
}

export interface TurnCredential {
  readonly username: string;
  readonly credential: string;
}

const UDP: Attribute = [ATTRIBUTE.transport, uint32(17 << 24)];
const UNAUTHENTICATED = 401;
const STALE_NONCE = 438;

/**
 * Takes a relay address of a TURN server (RFC 8656) and gives it back. Throws `Refused`, `NoAnswer`
 * and what sockets throw.
 */
export async function allocate(server: ServerUrl, who: TurnCredential): Promise<Address | undefined> {
  const open = () => (server.transport === 'udp' ? udpWay(server) : tcpWay(server, server));
  const way = await open();
  try {
    const first = await refusedOr(way, METHOD.allocate, [UDP]);
    if (first.kind === 'success') return xorAddress(first, ATTRIBUTE.relayed);
    if (errorCode(first) !== UNAUTHENTICATED) throw new Refused(errorCode(first) ?? 0);
    let signed = signer(who, first);
    let answer = await refusedOr(way, METHOD.allocate, [UDP], signed);
    if (errorCode(answer) === STALE_NONCE) {
      signed = signer(who, answer);
      answer = await refusedOr(way, METHOD.allocate, [UDP], signed);
    }
    const code = errorCode(answer);
    if (code !== undefined) throw new Refused(code);
    await refusedOr(way, METHOD.refresh, [[ATTRIBUTE.lifetime, uint32(0)]], signed);
    return xorAddress(answer, ATTRIBUTE.relayed);
  } finally {
    way.close();
  }
}

interface Signer {
  readonly attributes: readonly Attribute[];
  readonly key: Buffer;
}

function signer({ username, credential }: TurnCredential, challenge: StunMessage): Signer {
  const realm = attributeOf(challenge, ATTRIBUTE.realm) ?? Buffer.alloc(0);
  const nonce = attributeOf(challenge, ATTRIBUTE.nonce) ?? Buffer.alloc(0);
  return {
    attributes: [
      [ATTRIBUTE.username, Buffer.from(username)],
      [ATTRIBUTE.realm, realm],
      [ATTRIBUTE.nonce, nonce],
    ],
    key: createHash('md5').update(`${username}:${realm}:${credential}`).digest(),
  };
}

async function refusedOr(
  way: Way,
  method: number,
  attributes: readonly Attribute[],
  signed?: Signer,
): Promise<StunMessage> {
  const asked = request(method, [...attributes, ...(signed?.attributes ?? [])]);
  const { answer } = await ask(way, asked, encode(asked, signed ? { key: signed.key } : {}));
  return answer;
}
