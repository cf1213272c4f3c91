import { Type } from 'typebox';
import { notFound } from '../../core/errors.ts';
import { route } from '../route.ts';
import { success } from './present.ts';
import { Success } from './schema.ts';

/** What a LiveKit cluster tells; where the engine is none there is no such route. */
export const livekitWebhook = route({
  method: 'POST',
  url: '/api/webhooks/livekit',
  access: 'public',
  signed: true,
  summary: 'LiveKit’s webhook, signed by LiveKit, when the engine is a cluster',
  body: Type.String({ description: 'JSON as LiveKit sends it (`application/webhook+json`).' }),
  response: Success(Type.Null()),
  errors: ['unauthenticated', 'not_found'],
  async handler(app, asked) {
    if (!app.engineWebhook) throw notFound('route.unknown');
    await app.engineWebhook(asked.body, asked.authorization);
    return success(asked.locale, 'success', null);
  },
});
