import { Type } from 'typebox';
import { eventsInOrder, eventsOf } from '../../core/log/index.ts';
import { route } from '../route.ts';
import { WholeNumber } from '../whole-number.ts';
import { Time, time } from './envelope.ts';

const EventEntry = Type.Object({
  position: Type.Optional(Type.Integer({ description: 'In the one order; with `subject=*` only.' })),
  subject: Type.Optional(Type.String({ description: 'With `subject=*` only.' })),
  seq: Type.Integer({ description: 'In its subject, from 1 and without gaps.' }),
  type: Type.String({ examples: ['call.connected'] }),
  at: Time,
  data: Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true }),
});

export const getEvents = route({
  method: 'GET',
  url: '/api/v1/host/events',
  access: 'service',
  summary: 'The event log of one subject, or of all in one order (`subject=*`)',
  query: Type.Object({
    subject: Type.String({ minLength: 1, maxLength: 128, examples: ['*'] }),
    after: Type.Optional(WholeNumber({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 })),
    limit: Type.Optional(WholeNumber({ minimum: 1, maximum: 1000, default: 100 })),
  }),
  response: Type.Object({
    events: Type.Array(EventEntry),
    last: Type.Integer({ description: 'Where to go on: the `after` of the next page.' }),
  }),
  async handler(app, asked) {
    const { subject, after = 0, limit = 100 } = asked.query;
    if (subject !== '*') {
      const { events, last } = await eventsOf(app, subject, after, limit);
      return { events: events.map(({ seq, type, at, data }) => ({ seq, type, at: time(at), data })), last };
    }
    const { events, last } = await eventsInOrder(app, after, limit);
    return { events: events.map((event) => ({ ...event, at: time(event.at) })), last };
  },
});
