import { Type } from 'typebox';
import { getWebhook as get } from '../../core/webhooks/index.ts';
import { route } from '../route.ts';
import { presentWebhook, WebhookId, WebhookModel } from './webhook.ts';

export const getWebhook = route({
  method: 'GET',
  url: '/api/v1/host/webhooks/:id',
  access: 'service',
  summary: 'One endpoint and how it is doing',
  params: Type.Object({ id: WebhookId }),
  response: WebhookModel,
  errors: ['not_found'],
  async handler(app, asked) {
    return presentWebhook(await get(app, asked.params.id));
  },
});
