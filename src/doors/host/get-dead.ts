import { Type } from 'typebox';
import { deadOf } from '../../core/webhooks/index.ts';
import { route } from '../route.ts';
import { DeadModel, presentDead, WebhookId } from './webhook.ts';

export const getDead = route({
  method: 'GET',
  url: '/api/v1/host/webhooks/:id/dead',
  access: 'service',
  summary: 'Events an endpoint did not take within 24 hours, and why',
  params: Type.Object({ id: WebhookId }),
  response: Type.Object({ dead: Type.Array(DeadModel) }),
  errors: ['not_found'],
  async handler(app, asked) {
    return { dead: (await deadOf(app, asked.params.id)).map(presentDead) };
  },
});
