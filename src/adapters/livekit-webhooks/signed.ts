import { createHash } from 'node:crypto';
import type { WebhookEvent } from '@livekit/protocol';
import type { TokenCodec } from '../../ports/tokens.ts';

/** Its token is good for five minutes, as LiveKit's. */
const TOKEN_S = 5 * 60;

export interface Signer {
  readonly codec: TokenCodec;
  readonly key: string;
  readonly secret: string;
}

export interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One event as LiveKit posts it: JSON, vouched for by a token that holds the digest of the bytes. */
export async function signed(event: WebhookEvent, signer: Signer, now: number): Promise<Posted> {
  const body = event.toJsonString();
  const at = Math.floor(now / 1000);
  const token = await signer.codec.sign(
    {
      iss: signer.key,
      nbf: at,
      exp: at + TOKEN_S,
      sha256: createHash('sha256').update(body).digest('base64'),
    },
    signer.secret,
  );
  return { headers: { 'Content-Type': 'application/webhook+json', Authorization: token }, body };
}
