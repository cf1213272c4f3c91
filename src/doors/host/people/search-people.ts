import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Person, presentPerson } from '../person.ts';

export const searchPeople = route({
  method: 'GET',
  url: '/api/v1/people',
  access: 'user',
  summary: 'People whose uid or name begins so; 20 at most, never oneself',
  query: Type.Object({ query: Type.String({ minLength: 1, maxLength: 64, examples: ['ali'] }) }),
  response: Type.Object({ people: Type.Array(Person) }),
  async handler(app, asked) {
    const people = await app.people.search(asked.principal.user, asked.query.query);
    return { people: people.map(presentPerson) };
  },
});
