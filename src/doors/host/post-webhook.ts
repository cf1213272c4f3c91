import { Type } from 'typebox';
import { addWebhook } from '../../core/webhooks/index.ts';
import { route } from '../route.ts';
import { presentWebhook, WebhookModel } from './webhook.ts';

export const postWebhook = route({
  method: 'POST',
  url: '/api/v1/host/webhooks',
  access: 'service',
  summary: 'Send events from now on to an address, signed with the secret',
  body: Type.Object({
    url: Type.String({ minLength: 1, maxLength: 2048, examples: ['https://host.example/events'] }),
    secret: Type.String({ minLength: 8, maxLength: 256 }),
    events: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      minItems: 1,
      maxItems: 100,
      description: 'Types, `call.*`, or `*` for all.',
      examples: [['call.*', 'leg.joined']],
    }),
  }),
  response: WebhookModel,
  status: 201,
  async handler(app, asked) {
    return presentWebhook(await addWebhook(app, asked.body));
  },
});
