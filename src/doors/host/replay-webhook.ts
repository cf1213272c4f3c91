import { Type } from 'typebox';
import { replayWebhook as replay } from '../../core/webhooks/index.ts';
import { route } from '../route.ts';
import { presentWebhook, WebhookId, WebhookModel } from './webhook.ts';

export const replayWebhook = route({
  method: 'POST',
  url: '/api/v1/host/webhooks/:id/replay',
  access: 'service',
  summary: 'Send everything after a position again',
  params: Type.Object({ id: WebhookId }),
  body: Type.Object({ after: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }) }),
  response: WebhookModel,
  errors: ['not_found'],
  async handler(app, asked) {
    return presentWebhook(await replay(app, asked.params.id, asked.body.after));
  },
});
