import { type RequestResponse_Reason as Reason, RequestResponse } from '@livekit/protocol';
import type { Member } from './types.ts';

/** What became of a request, which is sent back with it. */
export function answer(
  member: Pick<Member, 'send'>,
  reason: Reason,
  request: RequestResponse['request'],
  message = '',
  requestId = 0,
): void {
  member.send({
    case: 'requestResponse',
    value: new RequestResponse({ requestId, reason, message, request }),
  });
}
