import { Type } from 'typebox';
import { listWebhooks as list } from '../../core/webhooks/index.ts';
import { route } from '../route.ts';
import { presentWebhook, WebhookModel } from './webhook.ts';

export const listWebhooks = route({
  method: 'GET',
  url: '/api/v1/host/webhooks',
  access: 'service',
  summary: 'Every endpoint events are sent to',
  response: Type.Object({ webhooks: Type.Array(WebhookModel) }),
  async handler(app) {
    return { webhooks: (await list(app)).map(presentWebhook) };
  },
});
