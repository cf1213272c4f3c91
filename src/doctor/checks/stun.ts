import type { Finding, Look } from '../finding.ts';
import { isPrivate } from '../is-private.ts';
import { reasonOf } from '../reason.ts';
import { seenAs } from '../stun/binding.ts';
import { serverUrl } from '../stun/server-url.ts';

/** Each STUN server answers; how it sees this machine is kept for the check of the announced address. */
export async function* stun({ config, seen }: Look): AsyncGenerator<Finding> {
  const what = 'what.stun' as const;
  if (config.stunUrls.length === 0) yield { state: 'skipped', what, say: 'stun.none' };
  for (const name of config.stunUrls) {
    const server = serverUrl(name);
    if (!server) {
      yield { state: 'failed', what, name, say: 'stun.not_one' };
      continue;
    }
    try {
      const address = (await seenAs(server))?.address;
      if (address === undefined) {
        yield { state: 'failed', what, name, say: 'stun.silent', with: { reason: 'no address' } };
        continue;
      }
      // A server in the same network knows nothing of how the world sees this one.
      if (!isPrivate(address)) seen.add(address);
      yield { state: 'ok', what, name, say: 'stun.ok', with: { address } };
    } catch (error) {
      yield { state: 'failed', what, name, say: 'stun.silent', with: { reason: reasonOf(error) } };
    }
  }
}
