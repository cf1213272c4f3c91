import type { Call } from './call.ts';
import type { CallContext } from './call-context.ts';
import { sharingIn } from './media-report.ts';
import type { CallFrame } from './protocol.ts';
import { reasonOfHangUp, reasonOfReject } from './reasons.ts';
import type { EndReason } from './types.ts';

/** What each frame does to the call it is about. Frames nobody knows do nothing. */
export function receive(call: Call, context: CallContext, frame: CallFrame): void {
  switch (frame.type) {
    case 'call:offer':
      call.offered(frame.data.offer);
      return;
    case 'call:ringing':
      call.update(frame.data.receiverId, { state: 'ringing' });
      if (call.phase === 'calling') call.phase = 'ringing';
      call.show();
      return;
    case 'call:answer': {
      const { senderId, responderInfo, answer } = frame.data;
      call.update(senderId, { state: 'joined', person: context.meet(senderId, responderInfo) });
      if (call.phase === 'incoming') return;
      call.activate();
      call.joined(senderId, answer);
      return;
    }
    case 'call:accepted':
      for (const { uid, ...rest } of frame.data.participants) call.update(uid, rest);
      call.confirm(frame.data.media === 'sfu');
      return;
    case 'call:upgraded':
      call.upgraded(frame.data);
      return;
    case 'call:ice_candidate':
      if (frame.data.candidate) call.signal(frame.data.senderId, { candidate: frame.data.candidate });
      return;
    case 'call:signal': {
      const { senderId, description, candidate } = frame.data;
      // Only somebody in the call can send it, whatever else was missed.
      if (call.phase !== 'incoming') call.update(senderId, { state: 'joined' });
      if (description) call.signal(senderId, { description });
      if (candidate) call.signal(senderId, { candidate });
      return;
    }
    case 'call:hang_up':
      call.end(reasonOfHangUp(frame.data.reason));
      return;
    case 'call:reject':
      refused(call, frame.data.senderId, 'rejected', reasonOfReject(frame.data.reason));
      return;
    case 'call:busy':
      refused(call, frame.data.senderId, 'busy', 'busy');
      return;
    case 'call:timeout':
      if (call.phase !== 'active') call.end('missed');
      return;
    case 'call:answered_elsewhere':
      call.end('answered_elsewhere');
      return;
    case 'call:rejected_elsewhere':
      call.end('rejected_elsewhere');
      return;
    case 'call:media_state': {
      const { senderId, muted, videoOn, device } = frame.data;
      call.update(senderId, { muted, videoOn, sharing: sharingIn(videoOn, device) });
      return;
    }
    case 'call:participant': {
      const { uid, state, muted, videoOn, senderInfo } = frame.data;
      const person = senderInfo && context.meet(uid, senderInfo);
      call.update(uid, { state, muted, videoOn, person });
      if (uid === context.me || call.phase === 'incoming') return;
      if (state === 'joined') {
        call.activate();
        call.joined(uid);
      }
      return;
    }
  }
}

/** One refusal ends a call of two; in a group the call goes on while anybody is left to answer. */
function refused(call: Call, uid: string, state: 'rejected' | 'busy', reason: EndReason): void {
  call.update(uid, { state });
  if (!call.isGroup || (call.phase !== 'active' && !call.roster.alive)) call.end(reason);
}
