import type { Case, Rows } from '../row.ts';
import { closed, personal } from '../row.ts';

/** For its creator, administrators and services. */
const owners = (ask: Case['ask']): Case => closed({ owner: 200, other: 403, admin: 200, service: 200 }, ask);

const S = '/api/v1/meeting-series';
const at =
  (rest: string, body?: unknown): Case['ask'] =>
  async ({ series }) => ({
    path: `${S}/${await series()}${rest}`,
    ...(body === undefined ? {} : { body }),
  });

/** Meetings that recur. */
export const seriesRows: Rows = {
  [`POST ${S}`]: [
    closed({ owner: 201, other: 201, admin: 201, service: 201 }, (_, as) => ({
      path: S,
      body: {
        title: 'Weekly',
        start_time: '2040-03-05T10:00:00Z',
        end_time: '2040-03-05T11:00:00Z',
        recurrence: { rule: 'FREQ=WEEKLY;COUNT=2', timezone: 'Europe/Berlin' },
        creator: as.id,
      },
    })),
  ],
  [`GET ${S}/:series_id`]: [owners(at(''))],
  [`GET ${S}/:series_id/meetings`]: [owners(at('/meetings'))],
  [`GET ${S}/:series_id/calendar.ics`]: [owners(at('/calendar.ics'))],
  [`PUT ${S}/:series_id`]: [owners(at('', { title: 'Another' }))],
  [`DELETE ${S}/:series_id`]: [owners(at(''))],
  'GET /api/v1/my/meeting-series': [personal(() => ({ path: '/api/v1/my/meeting-series' }))],
};
