import type { WordKey } from '../i18n/index.ts';
import { endedWord } from './call-words.ts';
import type { Call, CallKind, CallState, Group, Participant, Person } from './sdk.ts';

/** A call as the screens show it: a picture of one moment, never changed in place. */
export interface CallView {
  id: string;
  /** Absent until the server knows of the call, and when it refused it. */
  call?: Call;
  kind: CallKind;
  direction: 'outgoing' | 'incoming';
  isGroup: boolean;
  groupId?: string;
  /** Whose call it is: the other one, or the caller or first invitee of a group. */
  peer: Person;
  /** Everybody else, in the order they came. */
  people: readonly Participant[];
  state: CallState | 'starting';
  /** Why it is over, in a word. */
  end?: {
    key: WordKey;
    seconds: number | undefined;
    redial: boolean;
    /** The call was lost, and may go on without us. */
    rejoin?: true;
  };
  localStream?: MediaStream;
  muted: boolean;
  videoOn: boolean;
  sharing: boolean;
  connectedAt?: Date;
}

/** Takes the picture of a call. `endedAt` is when it ended, if it has; `known` gives people their names. */
export function viewOf(call: Call, endedAt?: number, known: (person: Person) => Person = (p) => p): CallView {
  const people = [...call.participants.values()].map((p) => ({ ...p, person: known(p.person) }));
  const view: CallView = {
    id: call.id,
    call,
    kind: call.kind,
    direction: call.direction,
    isGroup: call.isGroup,
    peer: known(call.peer),
    people,
    state: call.state,
    muted: call.muted,
    videoOn: call.videoOn,
    sharing: call.sharing,
  };
  if (call.groupId !== undefined) view.groupId = call.groupId;
  if (call.localStream) view.localStream = call.localStream;
  if (call.connectedAt) view.connectedAt = call.connectedAt;
  if (call.state === 'ended') {
    const since = call.connectedAt?.getTime();
    view.end = {
      key: endedWord(call.endReason, call.direction),
      seconds: since === undefined ? undefined : Math.floor(((endedAt ?? Date.now()) - since) / 1000),
      redial: call.endReason !== 'not_allowed',
      ...(call.endReason === 'lost' && { rejoin: true }),
    };
  }
  return view;
}

/** People who take up a tile: all who are in the call or being called. */
export function present(view: CallView): readonly Participant[] {
  return view.people.filter((p) => p.state === 'joined' || p.state === 'invited' || p.state === 'ringing');
}

/** The word for how a call of several people rings here: it begins, or somebody in it asks one in. */
export function groupWord(view: CallView): WordKey {
  const going = view.people.some((p) => p.state === 'joined' && p.person.uid !== view.peer.uid);
  return going || view.call?.invited ? 'call.invited' : 'call.inGroup';
}

/** What a call is called: by its group, or by who is in it. */
export function callName(view: CallView, groups: readonly Group[] | undefined): string {
  const group = groups?.find((g) => g.id === view.groupId);
  if (group) return group.name;
  const others = view.state === 'ended' ? view.people : present(view);
  return others.length > 1 ? `${view.peer.name} +${others.length - 1}` : view.peer.name;
}

/** Whether the screen is the dark stage: video of anybody, or a shared screen. */
export function isStage(view: CallView): boolean {
  return view.kind === 'video' || view.videoOn || view.sharing || view.people.some((p) => p.videoOn);
}

export function isLive(view: CallView | undefined): view is CallView {
  return view !== undefined && view.state !== 'ended';
}
