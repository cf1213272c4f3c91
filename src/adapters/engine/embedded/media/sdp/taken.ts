import { notSdp } from './lines.ts';
import type { Description } from './types.ts';

/** What a subscriber's answer says of a section that sends. */
export type Taken = 'taken' | 'refused' | 'idle';

/** Whether the section with this mid is received with the codec of this payload type. */
export function takenIn(answer: Description, mid: string, payloadType: number): Taken {
  const section = answer.sections.find((each) => each.mid === mid);
  if (!section) throw notSdp();
  // Nothing in it fits, or not what is sent.
  if (section.rejected || !section.codecs.some((codec) => codec.payloadType === payloadType))
    return 'refused';
  return section.direction === 'recvonly' || section.direction === 'sendrecv' ? 'taken' : 'idle';
}
