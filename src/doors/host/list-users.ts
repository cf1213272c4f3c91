import { Type } from 'typebox';
import { route } from '../route.ts';
import { WholeNumber } from '../whole-number.ts';
import { HostUserDetail, presentHostUserDetail } from './person.ts';

export const listUsers = route({
  method: 'GET',
  url: '/api/v1/host/users',
  access: 'service',
  summary: 'Everybody, in the order they came; deleted people are there with their uid and number alone',
  query: Type.Object({
    limit: Type.Optional(WholeNumber({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(
      Type.String({ pattern: '^\\d{1,15}$', description: 'The `next_cursor` of the page before.' }),
    ),
  }),
  response: Type.Object({
    users: Type.Array(HostUserDetail),
    next_cursor: Type.Optional(Type.String({ description: 'Absent on the last page.' })),
  }),
  async handler(app, asked) {
    const { limit = 20, cursor = '0' } = asked.query;
    const { users, next } = await app.people.list(Number(cursor), limit);
    return {
      users: users.map(presentHostUserDetail),
      ...(next === undefined ? {} : { next_cursor: String(next) }),
    };
  },
});
