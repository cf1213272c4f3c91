import { RoomServiceClient, ServerError } from 'livekit-server-sdk';
import type { Finding, Look } from '../finding.ts';
import { reasonOf } from '../reason.ts';

const REQUEST_S = 8;

/** The LiveKit cluster's API takes our key. */
export async function* cluster({ config: { media } }: Look): AsyncGenerator<Finding> {
  if (!media.livekit) return;
  const { url, key, secret } = media.livekit;
  const what = 'what.cluster' as const;
  const client = new RoomServiceClient(url.replace(/^ws/, 'http'), key, secret, {
    requestTimeout: REQUEST_S,
  });
  try {
    await client.listRooms(['-']);
    yield { state: 'ok', what, say: 'cluster.ok', with: { url } };
  } catch (error) {
    const status = error instanceof ServerError ? error.status : undefined;
    const refused = status === 401 || status === 403;
    const reason = status === undefined ? reasonOf(error) : `HTTP ${status}`;
    yield {
      state: 'failed',
      what,
      say: refused ? 'cluster.key' : 'cluster.unreachable',
      with: { url, reason },
    };
  }
}
