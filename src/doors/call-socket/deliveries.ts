import type { Call, CallChange, CallEvent, Leg } from '../../core/calls/index.ts';
import { askerOf, isEngaged, isoTime, isPending, legOf } from '../../core/calls/index.ts';
import { shownReason } from './reasons.ts';
import type { ServerFrame } from './server-frames.ts';

/** Somebody as frames show them. */
export interface PersonInfo {
  id: number;
  username: string;
  avatar: string;
}

/** A frame and whose sockets get it: all of them, the named one, or all but the named one. */
export interface Delivery {
  userId: number;
  only?: string;
  except?: string;
  frame: ServerFrame;
  /** The key of `data.message`, said in the language of each socket. */
  words?: 'call.busy' | 'call.offline';
}

/** A change of a call, with what its frames need at hand. */
interface Scene extends CallChange {
  timestamp: string;
  person: (userId: number) => PersonInfo;
  out: Delivery[];
}

/** People whose name and picture the frames of a change show; empty for most changes. */
export function shownPeople({ call, events }: CallChange): number[] {
  const ids = events.flatMap((event) => {
    if (event.type === 'call.placed') return [event.caller.userId];
    if (event.type === 'leg.invited') return [legOf(call, event.by)?.userId ?? [], event.userId].flat();
    if (event.type === 'leg.joined') return [event.userId];
    if (!call.isGroup || !('uid' in event)) return [];
    return legOf(call, event.uid)?.userId ?? [];
  });
  return [...new Set(ids)];
}

/** What the sockets are told of a change, in order. Pure. */
export function deliveriesOf(change: CallChange, person: (userId: number) => PersonInfo): Delivery[] {
  const scene: Scene = { ...change, timestamp: isoTime(change.at), person, out: [] };
  for (const event of change.events) tell(scene, event);
  return scene.out;
}

function tell(scene: Scene, event: CallEvent): void {
  const { call } = scene;
  switch (event.type) {
    case 'call.placed':
      for (const leg of call.legs) if (leg.uid !== call.callerId) offer(scene, leg, call.callerId);
      break;
    case 'leg.invited': {
      const leg = legOf(call, event.uid);
      if (!leg) break;
      offer(scene, leg, event.by);
      participant(scene, leg);
      break;
    }
    case 'leg.ringing':
      ringing(scene, legOf(call, event.uid));
      break;
    case 'leg.joined':
      joined(scene, legOf(call, event.uid));
      break;
    case 'leg.over':
      over(scene, event);
      break;
    case 'leg.media':
      media(scene, event);
      break;
    case 'leg.lost':
    case 'leg.bound':
    case 'call.connected':
    case 'call.upgraded':
    case 'call.over':
      // No words of their own: the legs have told it, or everybody is told of the room.
      break;
  }
}

/** The frame that rings a device, now or when it comes later. */
export function offerFrame(
  call: Call,
  from: { uid: string; info: PersonInfo; invited: boolean },
  given: { offer?: unknown; conversationId?: string },
  timestamp: string,
): ServerFrame {
  return {
    type: 'call:offer',
    data: {
      callId: call.id,
      senderId: from.uid,
      senderInfo: from.info,
      ...(given.offer === undefined ? {} : { offer: given.offer as object }),
      ...(given.conversationId === undefined ? {} : { conversationId: given.conversationId }),
      callType: call.kind,
      ...(call.groupId === null ? {} : { groupId: call.groupId }),
      ...(from.invited ? { invited: true as const } : {}),
      timestamp,
    },
  };
}

function offer(scene: Scene, to: Leg, by: string): void {
  const { call, transient, timestamp } = scene;
  const inviter = legOf(call, by);
  if (!inviter || !isPending(to)) return;
  const from = { uid: by, info: scene.person(inviter.userId), invited: to.invitedBy !== null };
  scene.out.push({ userId: to.userId, frame: offerFrame(call, from, transient, timestamp) });
}

/** Who asked somebody in: they hear how it went. */
const askedBy = (call: Call, leg: Leg): Leg | undefined => legOf(call, askerOf(call, leg) ?? '');

function ringing(scene: Scene, leg: Leg | undefined): void {
  const { call, timestamp } = scene;
  const caller = leg && askedBy(call, leg);
  if (!leg || !caller) return;
  const data = { callId: call.id, receiverId: leg.uid, timestamp };
  scene.out.push({ userId: caller.userId, frame: { type: 'call:ringing', data } });
  participant(scene, leg);
}

function joined(scene: Scene, leg: Leg | undefined): void {
  const { call, transient, timestamp } = scene;
  if (!leg) return;
  const caller = askedBy(call, leg);
  // Whoever asked may have left since: then only those who are in hear of it.
  if (caller && isEngaged(caller)) {
    const answer = transient.answer === undefined ? {} : { answer: transient.answer as object };
    const responderInfo = scene.person(leg.userId);
    const data = { callId: call.id, senderId: leg.uid, responderInfo, ...answer, timestamp };
    scene.out.push({ userId: caller.userId, frame: { type: 'call:answer', data } });
  }
  if (leg.device !== null) {
    const data = { callId: call.id, participants: participantsOf(call), ...carriedBy(call), timestamp };
    scene.out.push({ userId: leg.userId, only: leg.device, frame: { type: 'call:accepted', data } });
  }
  if (caller) {
    const data = { callId: call.id, timestamp };
    const except = leg.device === null ? {} : { except: leg.device };
    scene.out.push({ userId: leg.userId, ...except, frame: { type: 'call:answered_elsewhere', data } });
  }
  participant(scene, leg);
}

/** Said of calls that a room carries. */
export const carriedBy = (call: Call) => (call.media === 'sfu' ? { media: 'sfu' as const } : {});

export const participantsOf = (call: Call) =>
  call.legs.map(({ uid, state, muted, videoOn }) => ({ uid, state, muted, videoOn }));

/** In a group call everybody hears of everybody; in a call of two the contract's own words say it all. */
function participant(scene: Scene, leg: Leg): void {
  const { call, timestamp } = scene;
  if (!call.isGroup) return;
  const { uid, state, muted, videoOn } = leg;
  const senderInfo = scene.person(leg.userId);
  const data = { callId: call.id, uid, state, muted, videoOn, senderInfo, timestamp };
  for (const other of call.legs) {
    if (other.uid !== uid && isEngaged(other)) {
      scene.out.push({ userId: other.userId, frame: { type: 'call:participant', data } });
    }
  }
}

function media(scene: Scene, event: CallEvent & { type: 'leg.media' }): void {
  const { call, timestamp } = scene;
  const { uid, muted, videoOn, device } = event;
  const data = { callId: call.id, senderId: uid, muted, videoOn, ...(device ? { device } : {}), timestamp };
  for (const leg of call.legs) {
    if (leg.uid !== uid && leg.state === 'joined') {
      scene.out.push({ userId: leg.userId, frame: { type: 'call:media_state', data } });
    }
  }
}

function over(scene: Scene, event: CallEvent & { type: 'leg.over' }): void {
  const leg = legOf(scene.call, event.uid);
  if (!leg) return;
  switch (event.state) {
    case 'rejected':
      rejected(scene, leg, event.reason);
      break;
    case 'busy':
      busy(scene, leg);
      break;
    case 'missed':
      missed(scene, leg, event.reason);
      break;
    case 'cancelled':
      hangUp(scene, leg, event.reason, causer(scene, leg));
      break;
    case 'left':
      left(scene, leg, event.reason);
      break;
  }
  participant(scene, leg);
}

function rejected(scene: Scene, leg: Leg, reason: string): void {
  const { call, transient, timestamp } = scene;
  const caller = askedBy(call, leg);
  const said = { callId: call.id, senderId: leg.uid, timestamp };
  if (caller && transient.saidBusy) busy(scene, leg);
  else if (caller) {
    const data = { ...said, reason: shownReason(reason) };
    scene.out.push({ userId: caller.userId, frame: { type: 'call:reject', data } });
  }
  const except = transient.device === undefined ? {} : { except: transient.device };
  const data = { callId: call.id, timestamp };
  scene.out.push({ userId: leg.userId, ...except, frame: { type: 'call:rejected_elsewhere', data } });
}

function busy(scene: Scene, leg: Leg): void {
  const { call, timestamp } = scene;
  const caller = askedBy(call, leg);
  if (!caller) return;
  const data = { callId: call.id, senderId: leg.uid, message: '', timestamp };
  const only = leg.state === 'busy' ? asking(scene, caller) : {};
  scene.out.push({ userId: caller.userId, ...only, words: 'call.busy', frame: { type: 'call:busy', data } });
}

/** What was refused at once concerns the device that asked, if it was one. */
const asking = ({ transient }: Scene, asker: Leg) =>
  transient.device !== undefined && transient.by === asker.uid ? { only: transient.device } : {};

function missed(scene: Scene, leg: Leg, reason: string): void {
  const { call, timestamp } = scene;
  const caller = askedBy(call, leg);
  if (reason === 'unavailable') {
    const data = { message: '', receiverId: leg.uid };
    const frame = { type: 'call:not_available', data } as const;
    if (caller)
      scene.out.push({ userId: caller.userId, ...asking(scene, caller), words: 'call.offline', frame });
    return;
  }
  // The caller gave up: that is the caller's hanging up, with the caller's word for it.
  if (legOf(call, call.callerId)?.reason === 'timeout') {
    hangUp(scene, leg, 'timeout', call.callerId);
    return;
  }
  const data = { callId: call.id, senderId: caller?.uid ?? call.callerId, timestamp };
  const frame = { type: 'call:timeout', data } as const;
  scene.out.push({ userId: leg.userId, frame });
  // In a group call the others go on: there the caller hears of it as of everybody's part.
  if (!caller || (call.isGroup && call.state !== 'missed')) return;
  const told = scene.out.some((one) => one.userId === caller.userId && one.frame.type === 'call:timeout');
  if (!told) scene.out.push({ userId: caller.userId, frame });
}

function left(scene: Scene, leg: Leg, reason: string): void {
  const { call, events, transient } = scene;
  const ended = events.find((event) => event.type === 'call.over');
  if (reason !== 'ended') {
    // The leaver's own socket, when the leaving came from elsewhere: REST, another device, the clock.
    if (leg.device !== transient.device) hangUp(scene, leg, reason, leg.uid);
    return;
  }
  // A caller nobody answered has heard it from each callee; in a group call it is said once more.
  if (!ended || (call.connectedAt === null && !call.isGroup)) return;
  hangUp(scene, leg, ended.reason, causer(scene, leg));
}

/** Tells one person that the call is over for them: its bound device, else all they have. */
function hangUp(scene: Scene, to: Leg, reason: string, senderId: string): void {
  const { call, timestamp, transient } = scene;
  const data = { callId: call.id, senderId, reason: shownReason(reason), timestamp };
  const only = to.bound && to.device !== null ? { only: to.device } : {};
  const except =
    transient.by === to.uid && transient.device !== undefined ? { except: transient.device } : {};
  scene.out.push({ userId: to.userId, ...only, ...except, frame: { type: 'call:hang_up', data } });
}

/** Whose leaving ended it for the others. */
function causer({ call, events }: Scene, of: Leg): string {
  const first = events.find((event) => event.type === 'leg.over' && event.uid !== of.uid);
  return first && 'uid' in first ? first.uid : call.callerId;
}
