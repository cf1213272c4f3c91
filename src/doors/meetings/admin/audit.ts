import { Type } from 'typebox';
import type { AuditEntry } from '../../../core/audit/index.ts';
import { AUDIT_ACTIONS } from '../../../core/audit/index.ts';
import { route } from '../../route.ts';
import { instant, wholeSeconds } from '../../time.ts';
import { WholeNumber } from '../../whole-number.ts';
import { OrNull, Success, success, Time } from '../envelope.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';

const UserId = WholeNumber({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
const Moment = Type.String({ minLength: 4, maxLength: 64, examples: ['2025-10-02T10:00:00Z'] });
const Action = Type.Unsafe<AuditEntry['action']>({ type: 'string', enum: AUDIT_ACTIONS });
const Value = OrNull(Type.String());

const EntryModel = Type.Object({
  audit_id: Type.Integer(),
  action: Action,
  actor: Type.Object({
    kind: Type.Unsafe<AuditEntry['actorKind']>({ type: 'string', enum: ['user', 'service'] }),
    user_id: OrNull(Type.Integer()),
    name: Type.String({ description: 'A person’s uid, or the API key of a service.' }),
  }),
  target: Type.Object({
    user_id: Type.Integer({ description: 'Of a meeting, its creator’s.' }),
    uid: Type.String({ description: 'Of a meeting, `meeting:` and its number.' }),
  }),
  changes: Type.Unsafe<AuditEntry['changes']>({
    type: 'object',
    additionalProperties: Type.Object({ from: Value, to: Value }),
    description: 'Values before and after; empty once the person is deleted.',
  }),
  reason: OrNull(Type.String()),
  address: Type.String(),
  request_id: Type.String(),
  created_at: Time,
});

const present = (entry: AuditEntry) => ({
  audit_id: entry.id,
  action: entry.action,
  actor: { kind: entry.actorKind, user_id: entry.actorId, name: entry.actor },
  target: { user_id: entry.targetId, uid: entry.target },
  changes: entry.changes,
  reason: entry.reason,
  address: entry.address,
  request_id: entry.requestId,
  created_at: wholeSeconds(entry.at),
});

/** An addition to the contract, in its style. */
export const listAudit = route({
  method: 'GET',
  url: '/api/v1/admin/audit',
  access: 'admin-or-service',
  summary:
    '审计日志: what administrators and services did to people, and administrators to meetings that are not theirs; the newest first',
  query: Type.Object({
    ...Paging,
    actor_id: Type.Optional(UserId),
    user_id: Type.Optional(UserId),
    action: Type.Optional(Action),
    from: Type.Optional(Moment),
    to: Type.Optional(Moment),
  }),
  response: Success(Listed('entries', EntryModel)),
  async handler(app, asked) {
    const { query } = asked;
    const { actor_id: actorId, user_id: targetId, action } = query;
    const from = query.from === undefined ? undefined : instant(query.from, 'from');
    const to = query.to === undefined ? undefined : instant(query.to, 'to');
    const { limit, offset } = pageOf(query);
    const filter = { actorId, targetId, action, from, to };
    const { entries, total } = await app.administration.audit(filter, limit, offset);
    return success(asked, listed('entries', entries.map(present), total, query));
  },
});
