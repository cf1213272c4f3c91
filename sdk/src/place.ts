import type { CallContext } from './call-context.ts';
import type { CallInit } from './call-init.ts';
import type { RestCall } from './history.ts';
import type { LocalMedia } from './local-media.ts';
import { Mesh } from './mesh.ts';
import type { CallFrame, ClientFrames } from './protocol.ts';
import { randomId } from './random-id.ts';
import { reasonOfReject } from './reasons.ts';
import type { CallKind, EndReason, Person } from './types.ts';
import type { FirstWord, Waiting } from './waiting.ts';

export interface PlaceRequest {
  kind: CallKind;
  local: LocalMedia;
  others: readonly string[];
  groupId?: string | undefined;
}

/** A call that exists now, and what has happened to it already. */
export interface Placed {
  init: CallInit;
  frames: readonly CallFrame[];
}

/** One person is called on the socket, with the offer in the frame that rings. */
export async function placeOne(
  context: CallContext,
  request: PlaceRequest,
  waiting: Waiting,
): Promise<Placed> {
  const { kind, local, others } = request;
  const uid = others[0] as string;
  const mesh = await meshFor(context, kind, local);
  try {
    const data: ClientFrames['call:offer'] = { receiverId: uid, callType: kind };
    // Nobody's uid is known to be a number; until the server says who it is, the number must do.
    if (mesh) data.offer = await mesh.offer(uid);
    const word = await waiting.word(uid, () => context.send('call:offer', data));
    return placedBy(context, request, word, mesh);
  } catch (error) {
    mesh?.close();
    throw error;
  }
}

function placedBy(
  context: CallContext,
  request: PlaceRequest,
  word: FirstWord,
  mesh: Mesh | undefined,
): Placed {
  const uid = 'senderId' in word.data ? word.data.senderId : word.data.receiverId;
  const info = word.type === 'call:answer' ? word.data.responderInfo : undefined;
  const peer = context.meet(uid, info);
  // A call to somebody who cannot be reached is told without its id.
  const id = 'callId' in word.data ? word.data.callId : `unplaced-${randomId()}`;
  const init = initOf(request, id, peer, [peer], mesh);
  switch (word.type) {
    case 'call:busy':
      return refused(init, 'busy');
    case 'call:reject':
      return refused(init, reasonOfReject(word.data.reason));
    case 'call:not_available':
      return refused(init, 'unavailable');
    default:
      return { init, frames: [word] };
  }
}

/** Several people, or a group, are called over REST; connections are made as they come in. */
export async function placeGroup(context: CallContext, request: PlaceRequest): Promise<Placed> {
  const { kind, local, others, groupId } = request;
  const mesh = await meshFor(context, kind, local);
  try {
    const body = {
      callerId: context.me,
      calleeIds: others,
      type: kind,
      ...(groupId !== undefined && { groupId }),
    };
    const { call } = await context.rest.post<{ call: RestCall }>('/api/v1/rtc/call', body);
    const people = call.calleeIds.map((uid) => context.person(uid));
    const [peer] = people;
    const init = initOf(
      { ...request, groupId: call.groupId ?? groupId },
      call.id,
      peer as Person,
      people,
      mesh,
    );
    const live = call.status === 'calling' || call.status === 'ringing' || call.status === 'connected';
    const group = { ...init, isGroup: true };
    return live ? { init: group, frames: [] } : refused(group, overOf(call.status));
  } catch (error) {
    mesh?.close();
    throw error;
  }
}

/** Nothing is signalled for a call that never was: its connections go before they can speak. */
function refused({ mesh, ...init }: CallInit, over: EndReason): Placed {
  mesh?.close();
  return { init: { ...init, over }, frames: [] };
}

const overOf = (status: RestCall['status']): EndReason => (status === 'rejected' ? 'busy' : 'missed');

async function meshFor(context: CallContext, kind: CallKind, local: LocalMedia): Promise<Mesh | undefined> {
  return context.media ? new Mesh(context.me, kind, local, await context.iceServers()) : undefined;
}

function initOf(
  request: PlaceRequest,
  id: string,
  peer: Person,
  people: Person[],
  mesh: Mesh | undefined,
): CallInit {
  return {
    id,
    kind: request.kind,
    direction: 'outgoing',
    phase: 'calling',
    peer,
    others: people.map((person) => [person, 'invited']),
    isGroup: false,
    groupId: request.groupId,
    createdAt: new Date(),
    local: request.local,
    mesh,
  };
}
