import type { Account, Envelope, WireAccount } from './accounts.ts';
import { accountOf } from './accounts.ts';
import type { MeetingStatus } from './meeting-types.ts';
import { queryOf } from './meeting-wire.ts';
import type { Rest } from './rest.ts';

export interface UserQuery {
  page?: number;
  pageSize?: number;
  search?: string;
  status?: Account['status'];
  role?: Account['role'];
  /** Only guests of meetings, who are not listed otherwise. */
  guests?: boolean;
  sort?: 'user_id' | 'username' | 'email' | 'nickname' | 'created_at' | 'updated_at';
  order?: 'asc' | 'desc';
}

/** What an administrator or a service did to somebody. */
export interface AuditEntry {
  id: number;
  action: string;
  actor: { kind: 'user' | 'service'; userId: number | null; name: string };
  target: { userId: number; uid: string };
  /** Values before and after, by field. */
  changes: Record<string, { from: string | null; to: string | null }>;
  reason: string | null;
  address: string;
  requestId: string;
  at: Date;
}

/** What has happened over all meetings. */
export interface Overview {
  users: number;
  meetings: Record<MeetingStatus, number>;
  sessions: { active: number; total: number };
  /** Seconds in sessions that have ended. */
  duration: number;
  messages: number;
}

/** One meeting in numbers. */
export interface MeetingNumbers {
  id: number;
  title: string;
  status: MeetingStatus;
  online: number;
  /** Different people who have been in. */
  people: number;
  sessions: number;
  messages: number;
  startedAt: Date | null;
  endedAt: Date | null;
}

interface WireEntry {
  audit_id: number;
  action: string;
  actor: { kind: 'user' | 'service'; user_id: number | null; name: string };
  target: { user_id: number; uid: string };
  changes: AuditEntry['changes'];
  reason: string | null;
  address: string;
  request_id: string;
  created_at: string;
}

interface WireOverview {
  total_users: number;
  meetings: Overview['meetings'];
  active_sessions: number;
  total_sessions: number;
  total_duration: number;
  total_messages: number;
}

interface WireNumbers {
  meeting_id: number;
  title: string;
  status: MeetingStatus;
  online: number;
  participants: number;
  sessions: number;
  messages: number;
  started_at: string | null;
  ended_at: string | null;
}

const USERS = '/api/v1/admin/users';

/** People and numbers of the whole server, for its administrators; others get `forbidden`. */
export class Admin {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  async users(query: UserQuery = {}): Promise<{ users: Account[]; total: number }> {
    const { data } = await this.#rest.get<Envelope<{ users: WireAccount[]; total: number }>>(
      USERS,
      queryOf(query),
    );
    return { users: data.users.map((user) => accountOf({ data: user })), total: data.total };
  }

  async user(id: number): Promise<Account> {
    return accountOf(await this.#rest.get<Envelope<WireAccount>>(`${USERS}/${id}`));
  }

  /** `conflict` for the last administrator, and for names that are taken. */
  async update(
    id: number,
    changes: { username?: string; email?: string | null; nickname?: string; role?: Account['role'] },
  ): Promise<Account> {
    return accountOf(await this.#rest.put<Envelope<WireAccount>>(`${USERS}/${id}`, changes));
  }

  /** Ends their calls, meetings and sign-ins at once. */
  async ban(id: number, reason?: string): Promise<Account> {
    const body = reason === undefined ? {} : { reason };
    return accountOf(await this.#rest.post<Envelope<WireAccount>>(`${USERS}/${id}/ban`, body));
  }

  async unban(id: number): Promise<Account> {
    return accountOf(await this.#rest.post<Envelope<WireAccount>>(`${USERS}/${id}/unban`));
  }

  async delete(id: number): Promise<void> {
    await this.#rest.delete(`${USERS}/${id}`);
  }

  /** Newest first. */
  async audit(
    query: { page?: number; pageSize?: number; action?: string } = {},
  ): Promise<{ entries: AuditEntry[]; total: number }> {
    const { data } = await this.#rest.get<Envelope<{ entries: WireEntry[]; total: number }>>(
      '/api/v1/admin/audit',
      queryOf(query),
    );
    return { entries: data.entries.map(entryOf), total: data.total };
  }

  async overview(): Promise<Overview> {
    const { data } = await this.#rest.get<Envelope<WireOverview>>('/api/v1/stats/overview');
    return {
      users: data.total_users,
      meetings: data.meetings,
      sessions: { active: data.active_sessions, total: data.total_sessions },
      duration: data.total_duration,
      messages: data.total_messages,
    };
  }

  /** Those that go on first, then the newest. */
  async numbers(query: { page?: number; pageSize?: number } = {}) {
    const { data } = await this.#rest.get<Envelope<{ rooms: WireNumbers[]; total: number }>>(
      '/api/v1/stats/rooms',
      queryOf(query),
    );
    return { meetings: data.rooms.map(numbersOf), total: data.total };
  }
}

const entryOf = (wire: WireEntry): AuditEntry => ({
  id: wire.audit_id,
  action: wire.action,
  actor: { kind: wire.actor.kind, userId: wire.actor.user_id, name: wire.actor.name },
  target: { userId: wire.target.user_id, uid: wire.target.uid },
  changes: wire.changes,
  reason: wire.reason,
  address: wire.address,
  requestId: wire.request_id,
  at: new Date(wire.created_at),
});

const numbersOf = (wire: WireNumbers): MeetingNumbers => ({
  id: wire.meeting_id,
  title: wire.title,
  status: wire.status,
  online: wire.online,
  people: wire.participants,
  sessions: wire.sessions,
  messages: wire.messages,
  startedAt: wire.started_at ? new Date(wire.started_at) : null,
  endedAt: wire.ended_at ? new Date(wire.ended_at) : null,
});
