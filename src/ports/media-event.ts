import type { TrackState } from './media-room.ts';

/** Why somebody is no longer there. */
export type LeaveReason = 'left' | 'removed' | 'duplicate' | 'room_closed' | 'lost';

interface About {
  /** The same when it is told again. */
  readonly id: string;
  readonly at: number;
  readonly room: string;
  readonly roomSid: string;
}

export type EngineEvent =
  | (About & { readonly type: 'room_started' | 'room_finished' })
  | (About & { readonly type: 'member_joined'; readonly identity: string; readonly memberSid: string })
  | (About & {
      readonly type: 'member_left';
      readonly identity: string;
      readonly memberSid: string;
      readonly reason: LeaveReason;
    })
  | (About & {
      readonly type: 'track_published' | 'track_unpublished';
      readonly identity: string;
      readonly memberSid: string;
      readonly track: TrackState;
    });
