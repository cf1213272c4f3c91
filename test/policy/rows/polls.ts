import type { Case, Rows } from '../row.ts';
import { closed } from '../row.ts';
import type { Scene } from '../scene.ts';

/** For those who run the meeting, administrators and services. */
const hosts = (ask: Case['ask'], status = 200): Case =>
  closed({ owner: status, other: 403, admin: status, service: status }, ask);

/** The same for those who are in it. */
const insiders = (ask: Case['ask']): Case =>
  closed({ owner: 200, other: 403, admin: 200, service: 200, guest: 200 }, ask);

const BODY = { question: 'When?', options: ['Monday', 'Tuesday'] };
const P = '/api/v1/meetings/:id/polls';

/** A poll of the owner's meeting, by its path; a draft, or open. */
async function poll({ server, owner, meeting }: Scene, opened: boolean): Promise<string> {
  const { polls } = server.app;
  const id = await meeting();
  const asker = {
    principal: { kind: 'user', user: owner.user, jti: 'j', expiresAt: 0 } as const,
    device: null,
  };
  const made = (await polls.create(asker, id, BODY)).poll.id;
  if (opened) await polls.open(asker, id, made);
  return `/api/v1/meetings/${id}/polls/${made}`;
}
const on =
  (state: 'draft' | 'open', path = '', body?: unknown): Case['ask'] =>
  async (scene) => ({
    path: `${await poll(scene, state === 'open')}${path}`,
    ...(body === undefined ? {} : { body }),
  });

/** Polls in meetings. */
export const pollRows: Rows = {
  [`POST ${P}`]: [
    hosts(async ({ meeting }) => ({ path: P.replace(':id', String(await meeting())), body: BODY }), 201),
  ],
  [`GET ${P}`]: [insiders(async ({ meeting }) => ({ path: P.replace(':id', String(await meeting())) }))],
  [`GET ${P}/:poll_id`]: [insiders(on('open'))],
  [`PUT ${P}/:poll_id`]: [hosts(on('draft', '', { question: 'Where?' }))],
  [`DELETE ${P}/:poll_id`]: [hosts(on('open'))],
  [`POST ${P}/:poll_id/open`]: [hosts(on('draft', '/open'))],
  [`POST ${P}/:poll_id/close`]: [hosts(on('open', '/close'))],
  [`POST ${P}/:poll_id/votes`]: [
    // Whoever is not in it has no say, whatever else they may do.
    closed(
      { owner: 200, other: 403, admin: 403, service: 403, guest: 200 },
      on('open', '/votes', { options: [1] }),
    ),
  ],
  [`GET ${P}/:poll_id/votes`]: [hosts(on('open', '/votes'))],
};
