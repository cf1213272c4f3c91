export type { AuditAction, AuditEntry, Changes } from './entry.ts';
export { AUDIT_ACTIONS } from './entry.ts';
export type { Act } from './record.ts';
export { record } from './record.ts';
