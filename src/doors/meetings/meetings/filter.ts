import { Type } from 'typebox';
import { instant } from '../../time.ts';
import { Moment, Status } from './schema.ts';

/** What lists of meetings can be narrowed by. */
export const Filter = {
  status: Type.Optional(Status),
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  from: Type.Optional(Moment),
  to: Type.Optional(Moment),
};

interface FilterAsked {
  status?: 'scheduled' | 'ongoing' | 'ended' | 'cancelled';
  search?: string;
  from?: string;
  to?: string;
}

export const filterOf = ({ status, search, from, to }: FilterAsked) => ({
  ...(status === undefined ? {} : { statuses: [status] }),
  ...(search === undefined ? {} : { search }),
  ...(from === undefined ? {} : { from: instant(from, 'from') }),
  ...(to === undefined ? {} : { before: instant(to, 'to') }),
});
