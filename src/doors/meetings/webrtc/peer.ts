import { Type } from 'typebox';
import type { App } from '../../../core/app.ts';
import type { Peer } from '../../../core/meetings/index.ts';
import { presentParticipants } from '../meetings/present.ts';
import { ParticipantModel } from '../meetings/schema.ts';

const TrackInfo = Type.Object({
  track_id: Type.String(),
  kind: Type.Unsafe<'audio' | 'video'>({ type: 'string', enum: ['audio', 'video'] }),
  source: Type.String({ examples: ['camera'] }),
  muted: Type.Boolean(),
});

/** A participant as a peer: `peer_id` is its `participant_id`. */
export const PeerInfo = Type.Object({
  peer_id: Type.Integer(),
  ...ParticipantModel.properties,
  tracks: Type.Array(TrackInfo),
});

export async function presentPeers(app: App, meetingId: number, peers: readonly Peer[]) {
  const participants = peers.map(({ participant }) => participant);
  const shown = await presentParticipants(app, meetingId, participants);
  return shown.map((participant, i) => ({
    peer_id: participant.participant_id,
    ...participant,
    tracks: (peers[i]?.tracks ?? []).map(({ sid, kind, source, muted }) => ({
      track_id: sid,
      kind,
      source,
      muted,
    })),
  }));
}
