import { SDP } from './frames.ts';
import type { Peer } from './peer.ts';

/** Two people, their sockets open. */
export interface Two {
  caller: Peer;
  callee: Peer;
  callerUid: string;
  calleeUid: string;
}

/** Rings and is answered; the call's id. */
export async function connectCall({ caller, callee, callerUid, calleeUid }: Two): Promise<string> {
  const rings = callee.next('call:offer');
  const answered = caller.next('call:answer');
  caller.send('call:offer', { receiverId: calleeUid, offer: { type: 'offer', sdp: SDP }, callType: 'video' });
  const callId = (await rings).callId as string;
  callee.send('call:answer', { callId, receiverId: callerUid, answer: { type: 'answer', sdp: SDP } });
  await answered;
  return callId;
}
