import type { WireCallType } from './protocol.ts';
import type { Rest } from './rest.ts';
import type { HistoryEntry, HistoryQuery, HistoryStatus } from './types.ts';

/** A call as the group-calls door writes it. */
export interface RestCall {
  id: string;
  type: WireCallType;
  callerId: string;
  callerName?: string;
  callerAvatar?: string | null;
  calleeIds: string[];
  calleeInfo?: { userId: string; userName?: string; userAvatar?: string | null; status: HistoryStatus }[];
  status: HistoryStatus;
  rejectReason?: HistoryEntry['rejectReason'];
  groupId?: string;
  duration?: number;
  createdAt: string;
  connectedAt?: string;
  endedAt?: string;
}

/** Past calls, newest first. */
export class History {
  readonly #rest: Rest;
  readonly #me: () => Promise<string>;

  constructor(rest: Rest, me: () => Promise<string>) {
    this.#rest = rest;
    this.#me = me;
  }

  async list(query: HistoryQuery = {}): Promise<HistoryEntry[]> {
    const { limit, offset, type, status } = query;
    const path = `/api/v1/rtc/calls/${encodeURIComponent(await this.#me())}`;
    const startTime = isoOf(query.startTime);
    const endTime = isoOf(query.endTime);
    const calls = await this.#rest.get<RestCall[]>(path, { limit, offset, type, status, startTime, endTime });
    return calls.map(entryOf);
  }
}

const isoOf = (time: Date | string | undefined) => (time instanceof Date ? time.toISOString() : time);

function entryOf(call: RestCall): HistoryEntry {
  const entry: HistoryEntry = {
    id: call.id,
    kind: call.type,
    callerId: call.callerId,
    callerName: call.callerName ?? call.callerId,
    callerAvatar: call.callerAvatar || null,
    calleeIds: call.calleeIds,
    status: call.status,
    duration: call.duration ?? 0,
    createdAt: new Date(call.createdAt),
  };
  if (call.rejectReason) entry.rejectReason = call.rejectReason;
  if (call.groupId !== undefined) entry.groupId = call.groupId;
  if (call.connectedAt) entry.connectedAt = new Date(call.connectedAt);
  if (call.endedAt) entry.endedAt = new Date(call.endedAt);
  return entry;
}
