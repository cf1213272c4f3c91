import type { ServerData } from '../server-frames.ts';
import type { Directory } from './directory.ts';

/** An offer of the engine's as a client of plain WebRTC can use it: streams bear the numbers of people. */
export async function offerFor(
  { sdp, midToTrackId }: { sdp: string; midToTrackId: Readonly<Record<string, string>> },
  directory: Directory,
  userId: (identity: string) => Promise<number | null>,
): Promise<ServerData<'offer'>> {
  const tracks = await Promise.all(
    Object.entries(midToTrackId).map(async ([mid, sid]) => {
      const track = directory.track(sid);
      const user = track ? await userId(track.identity) : null;
      return { mid, user_id: user, source: track?.source ?? null, muted: track?.muted ?? false };
    }),
  );
  const streams = new Map<string, string>();
  for (const [, memberSid = ''] of sdp.matchAll(MSID)) {
    if (streams.has(memberSid)) continue;
    const identity = directory.identityOf(memberSid);
    const user = identity === undefined ? null : await userId(identity);
    streams.set(memberSid, user === null ? (identity ?? memberSid) : String(user));
  }
  const named = sdp.replace(MSID, (_, memberSid: string) => `a=msid:${streams.get(memberSid)} `);
  return { type: 'offer', sdp: named, tracks };
}

/** `PA_...|stream` or `PA_...`, before the track. */
const MSID = /^a=msid:([^\s|]+)\S* /gm;
