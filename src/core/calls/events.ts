import type { Call, CallKind, CallState, LegState } from './call.ts';

export type FinalLegState = Exclude<LegState, 'invited' | 'ringing' | 'joined'>;
export type FinalCallState = Exclude<CallState, 'calling' | 'ringing' | 'connected'>;

/** What can happen to a call. `apply` is the only reader that changes anything by them. */
export type CallEvent =
  | {
      type: 'call.placed';
      kind: CallKind;
      groupId: string | null;
      isGroup: boolean;
      media: Call['media'];
      caller: {
        userId: number;
        uid: string;
        device: string | null;
        bound: boolean;
        deadlineAt: number | null;
      };
      callees: readonly { userId: number; uid: string; deadlineAt: number }[];
    }
  | { type: 'leg.invited'; userId: number; uid: string; by: string; deadlineAt: number }
  | { type: 'leg.ringing'; uid: string }
  | {
      type: 'leg.joined';
      userId: number;
      uid: string;
      device: string | null;
      bound: boolean;
      deadlineAt: number | null;
    }
  | { type: 'leg.over'; uid: string; state: FinalLegState; reason: string }
  | {
      type: 'leg.media';
      uid: string;
      muted: boolean;
      videoOn: boolean;
      device?: { type: string; id: string };
    }
  | { type: 'leg.lost'; uid: string; deadlineAt: number }
  | { type: 'leg.bound'; uid: string; device: string }
  | { type: 'call.connected' }
  /** From peer to peer to a room of the engine. */
  | { type: 'call.upgraded' }
  | { type: 'call.over'; state: FinalCallState; reason: string };

/** The name and the public data of an event in the log: uids and words, nothing internal. */
export function describe(event: CallEvent): { type: string; data: Record<string, unknown> } {
  switch (event.type) {
    case 'call.placed':
      return {
        type: event.type,
        data: {
          kind: event.kind,
          callerId: event.caller.uid,
          calleeIds: event.callees.map((callee) => callee.uid),
          ...(event.groupId === null ? {} : { groupId: event.groupId }),
        },
      };
    case 'leg.invited':
      return { type: event.type, data: { uid: event.uid, by: event.by } };
    case 'leg.ringing':
    case 'leg.joined':
    case 'leg.lost':
    case 'leg.bound':
      return { type: event.type, data: { uid: event.uid } };
    case 'leg.over':
      return { type: `leg.${event.state}`, data: { uid: event.uid, reason: event.reason } };
    case 'leg.media':
      return { type: event.type, data: { uid: event.uid, muted: event.muted, videoOn: event.videoOn } };
    case 'call.connected':
    case 'call.upgraded':
      return { type: event.type, data: {} };
    case 'call.over':
      return { type: `call.${event.state}`, data: { reason: event.reason } };
  }
}

/** What one accepted command made of a call: published after commit, to every node. */
export interface CallChange {
  call: Call;
  events: readonly CallEvent[];
  at: number;
  transient: Transient;
}

/** What travels with a change but is never stored: session descriptions and who caused it. */
export interface Transient {
  /** The device that gave the command: it needs no echo. */
  device?: string;
  by?: string;
  /** JSON values of RTCSessionDescription, handed on unchanged. */
  offer?: unknown;
  answer?: unknown;
  conversationId?: string;
  /** The callee said `call:busy` rather than `call:reject`: the caller hears the same word. */
  saidBusy?: boolean;
}
