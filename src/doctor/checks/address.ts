import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ownAddresses } from '../../adapters/engine/embedded/media/addresses.ts';
import type { Finding, Look } from '../finding.ts';
import { isPrivate } from '../is-private.ts';

const what = 'what.address' as const;

/** What clients are told is where this machine is, for those who are to come. */
export async function* address({ config, seen }: Look): AsyncGenerator<Finding> {
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map((one) => one.address)),
  );
  const { announced } = config.media;
  // Its own loopback is offered too, last; it is nobody's way in.
  const told = announced.length > 0 ? announced : ownAddresses().filter((one) => one !== '127.0.0.1');
  if (told.length === 0) yield { state: 'failed', what, say: 'address.none' };
  const found: string[] = [];
  for (const name of told) {
    const address = isIP(name) ? name : (await lookup(name).catch(() => undefined))?.address;
    if (address === undefined) yield { state: 'failed', what, name, say: 'address.no_host' };
    else {
      found.push(address);
      yield { what, name, ...judge(address, own, seen) };
    }
  }
  const world = await worldIsMeant(config.publicUrl, seen);
  if (found.length > 0 && found.every(isPrivate) && world) {
    const outside = [...seen].join(',') || world;
    yield { state: 'failed', what, name: found.join(', '), say: 'address.private', with: { seen: outside } };
  }
}

/** Of one address that is announced. */
export function judge(
  address: string,
  own: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): Pick<Finding, 'state' | 'say' | 'with'> {
  if (seen.has(address)) return { state: 'ok', say: 'address.seen' };
  if (own.has(address)) return { state: 'ok', say: isPrivate(address) ? 'address.local' : 'address.own' };
  if (seen.size === 0) return { state: 'skipped', say: 'address.unknown' };
  return { state: 'failed', say: 'address.other', with: { seen: [...seen].join(', ') } };
}

/** An address of the world's by which people come here, where the configuration shows one. */
async function worldIsMeant(
  publicUrl: string | undefined,
  seen: ReadonlySet<string>,
): Promise<string | undefined> {
  const [first] = seen;
  if (first !== undefined) return first;
  if (publicUrl === undefined) return undefined;
  const host = new URL(publicUrl).hostname.replace(/^\[(.*)\]$/, '$1');
  const address = (await lookup(host).catch(() => undefined))?.address;
  return address !== undefined && !isPrivate(address) ? address : undefined;
}
