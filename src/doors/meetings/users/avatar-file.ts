import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { App } from '../../../core/app.ts';
import { notFound } from '../../../core/errors.ts';
import { AVATARS_PATH } from '../../../core/users/index.ts';
import { answerError } from '../../http.ts';
import type { Door } from '../../route.ts';

const HEADERS = {
  'content-type': 'image/webp',
  // A new picture has a new name.
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none';sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
};

/** People's pictures, for everybody who knows their names; errors in the form of the door. */
export async function addAvatarFiles(http: FastifyInstance, door: Door, app: App): Promise<void> {
  await http.register(async (files) => {
    files.setErrorHandler((error, request, reply) => answerError(door, error, request, reply));
    files.get<{ Params: { name: string } }>(`${AVATARS_PATH}:name`, async (request, reply) => {
      const picture = await app.avatars.open(request.params.name);
      if (!picture) throw notFound('upload.unknown');
      return reply
        .headers({ ...HEADERS, 'content-length': picture.size })
        .send(Readable.from(picture.content, { objectMode: false }));
    });
  });
}
