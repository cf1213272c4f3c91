import type { AuditEntry } from '../../core/audit/entry.ts';

/** What a page of the audit log is narrowed by. Times in milliseconds. */
export interface AuditFilter {
  /** Who acted. */
  actorId?: number | undefined;
  /** Whom it was done to. */
  targetId?: number | undefined;
  action?: string | undefined;
  /** At or after. */
  from?: number | undefined;
  /** Before. */
  to?: number | undefined;
}

export interface AuditQueries {
  /** Newest first. */
  page(filter: AuditFilter, limit: number, offset: number): Promise<AuditEntry[]>;
  count(filter: AuditFilter): Promise<number>;
}

export interface AuditWrites {
  append(entry: Omit<AuditEntry, 'id'>): Promise<void>;
  /** What is told of somebody who is being deleted goes; that it was done stays. */
  forget(targetId: number): Promise<void>;
}
