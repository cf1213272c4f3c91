import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { App } from '../../../core/app.ts';
import { notFound } from '../../../core/errors.ts';
import { AVATARS_PATH } from '../../../core/users/index.ts';

const HEADERS = {
  'content-type': 'image/webp',
  // A new picture has a new name.
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none';sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
};

/** People's pictures, for everybody who knows their names. */
export function addAvatarFiles(http: FastifyInstance, app: App): void {
  http.get<{ Params: { name: string } }>(`${AVATARS_PATH}:name`, async (request, reply) => {
    const picture = await app.avatars.open(request.params.name);
    if (!picture) throw notFound('upload.unknown');
    return reply
      .headers({ ...HEADERS, 'content-length': picture.size })
      .send(Readable.from(picture.content, { objectMode: false }));
  });
}
