import type { Rows } from '../row.ts';
import { closed } from '../row.ts';

/** Contract C over HTTP; its socket has a test of its own. */
export const callSocketRows: Rows = {
  'GET /api/rtc/ice-servers': [
    closed({ owner: 200, other: 200, admin: 200, service: 200 }, () => ({ path: '/api/rtc/ice-servers' })),
  ],
};
