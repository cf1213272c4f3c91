import { Type } from 'typebox';
import { removeWebhook } from '../../core/webhooks/index.ts';
import { route } from '../route.ts';
import { Done } from './envelope.ts';
import { WebhookId } from './webhook.ts';

export const deleteWebhook = route({
  method: 'DELETE',
  url: '/api/v1/host/webhooks/:id',
  access: 'service',
  summary: 'Send nothing more to an endpoint',
  params: Type.Object({ id: WebhookId }),
  response: Done,
  errors: ['not_found'],
  async handler(app, asked) {
    await removeWebhook(app, asked.params.id);
    return {};
  },
});
