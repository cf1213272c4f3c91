import type { WordKey } from '../i18n/index.ts';

/** One past call as one person saw it. */
export interface PastCall {
  id: string;
  kind: 'audio' | 'video';
  outgoing: boolean;
  /** The other one in a 1:1 call, the caller or first callee in a group call. */
  uid: string;
  name: string;
  avatarUrl: string | null;
  /** Everybody called, the caller left out. */
  calleeIds: readonly string[];
  groupId?: string;
  status: string;
  reason?: string;
  duration: number;
  at: Date;
}

/** Calls of one kind with one person that followed each other on one day. */
export interface CallRun {
  key: string;
  calls: readonly [PastCall, ...PastCall[]];
}

export function isGroup(call: PastCall): boolean {
  return call.groupId !== undefined || call.calleeIds.length > 1;
}

export function isMissed(call: PastCall): boolean {
  return !call.outgoing && (call.status === 'missed' || call.status === 'cancelled');
}

/** Groups what comes one after the other: same people, direction, outcome and day. */
export function groupRuns(calls: readonly PastCall[]): CallRun[] {
  const runs: { key: string; calls: [PastCall, ...PastCall[]] }[] = [];
  for (const call of calls) {
    const open = runs.at(-1);
    if (open && alike(open.calls[0], call)) open.calls.push(call);
    else runs.push({ key: call.id, calls: [call] });
  }
  return runs;
}

function alike(a: PastCall, b: PastCall): boolean {
  return (
    a.outgoing === b.outgoing &&
    isMissed(a) === isMissed(b) &&
    endWord(a) === endWord(b) &&
    a.at.toDateString() === b.at.toDateString() &&
    isGroup(a) === isGroup(b) &&
    a.groupId === b.groupId &&
    a.uid === b.uid &&
    a.calleeIds.join() === b.calleeIds.join()
  );
}

/** A word for how a call ended, as its own side would say it; connected calls show their length instead. */
export function endWord(call: PastCall): WordKey | undefined {
  if (call.status === 'connected') return 'call.connected';
  if (call.status === 'ended') return undefined;
  if (call.status === 'calling') return 'call.calling';
  if (call.status === 'ringing') return 'call.ringing';
  if (call.outgoing) {
    if (call.status === 'cancelled') return 'call.cancelled';
    if (call.status === 'rejected') return call.reason === 'busy' ? 'call.busy' : 'call.declined';
    return call.reason === 'unavailable' ? 'call.offline' : 'call.noAnswer';
  }
  if (call.status === 'rejected') return call.reason === 'busy' ? 'call.missed' : 'call.youDeclined';
  return 'call.missed';
}
