import { lookup } from 'node:dns/promises';
import { iceServers } from '../../core/calls/index.ts';
import type { Finding, Look } from '../finding.ts';
import { isPrivate } from '../is-private.ts';
import { reasonOf } from '../reason.ts';
import { allocate, Refused, type TurnCredential } from '../stun/allocate.ts';
import { serverUrl } from '../stun/server-url.ts';

const what = 'what.turn' as const;
const TTL_S = 60;
/** What Node says of a certificate. */
const UNTRUSTED = /CERT|UNABLE_TO_/;

/** Each TURN server gives a relay to somebody with a credential as ours are made. */
export async function* turn({ config: { turnUrls, turnSecret } }: Look): AsyncGenerator<Finding> {
  if (turnUrls.length === 0) yield { state: 'skipped', what, say: 'turn.none' };
  const ice = { stunUrls: [], turnUrls, turnSecret, turnTtlS: TTL_S };
  for (const { urls, username = '', credential = '' } of iceServers(ice, 'doctor', Date.now())) {
    for (const url of [urls].flat())
      yield { what, name: url, ...(await relayOf(url, { username, credential })) };
  }
}

async function relayOf(url: string, who: TurnCredential): Promise<Omit<Finding, 'what'>> {
  const server = serverUrl(url);
  if (!server) return { state: 'failed', say: 'turn.not_one' };
  if (server.tls && server.transport === 'udp') return { state: 'skipped', say: 'turn.dtls' };
  try {
    const relay = await allocate(server, who);
    if (!relay) return { state: 'failed', say: 'turn.refused', with: { code: 'no address' } };
    const { address } = relay;
    const own = await lookup(server.host);
    if (isPrivate(address) && !isPrivate(own.address)) {
      return { state: 'failed', say: 'turn.private', with: { address } };
    }
    return { state: 'ok', say: 'turn.ok', with: { address: `${address}:${relay.port}` } };
  } catch (error) {
    if (!(error instanceof Refused)) {
      const reason = reasonOf(error);
      const say = UNTRUSTED.test(reason) ? 'turn.certificate' : 'turn.silent';
      return { state: 'failed', say, with: { reason } };
    }
    return error.code === 401
      ? { state: 'failed', say: 'turn.credential' }
      : { state: 'failed', say: 'turn.refused', with: { code: error.code } };
  }
}
