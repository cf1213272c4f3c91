import type { LocalMedia } from './local-media.ts';
import type { Mesh } from './mesh.ts';
import type { WireLegState } from './protocol.ts';
import type { CallKind, EndReason, Person } from './types.ts';

/** @internal How a call begins to exist here. */
export interface CallInit {
  id: string;
  kind: CallKind;
  direction: 'outgoing' | 'incoming';
  phase: 'calling' | 'ringing' | 'incoming' | 'active';
  peer: Person;
  others: readonly [Person, WireLegState][];
  isGroup: boolean;
  groupId?: string | undefined;
  invited?: boolean | undefined;
  createdAt: Date;
  offer?: RTCSessionDescriptionInit | undefined;
  local?: LocalMedia;
  mesh?: Mesh | undefined;
  /** The server's first word has ended it; it ends here once whoever asked for it could listen. */
  over?: EndReason | undefined;
}
