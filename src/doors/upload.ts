import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ParleyError } from '../core/errors.ts';

/** A file on its way in, its bytes as they come. */
export interface Uploaded {
  /** As the client calls it: to be shown, never to be believed. */
  name: string;
  content: AsyncIterable<Uint8Array>;
}

/** Of everything in a form beside its file. */
const LIMITS = { parts: 40, fields: 30, files: 10, fieldNameSize: 100, fieldSize: 65_536, headerPairs: 20 };

/** Bodies are forms with files, and nothing else. */
export async function takeForms(scope: FastifyInstance): Promise<void> {
  const { default: multipart } = await import('@fastify/multipart');
  scope.removeAllContentTypeParsers();
  // How large a file may be is the core's to say, while it comes.
  const limits = { ...LIMITS, fileSize: Number.POSITIVE_INFINITY };
  await scope.register(multipart, { limits, throwFileSizeLimit: false });
}

/** The first file under one of these names. Throws `invalid` for a form without, or one that is broken. */
export async function fileOf(request: FastifyRequest, names: readonly string[]): Promise<Uploaded> {
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file') continue;
      if (names.includes(part.fieldname)) {
        return { name: part.filename ?? '', content: bytesOf(request, part.file, names) };
      }
      part.file.resume();
    }
  } catch (error) {
    throw refusal(error, names);
  }
  throw failed(names);
}

async function* bytesOf(request: FastifyRequest, file: Readable, names: readonly string[]) {
  try {
    yield* file as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw refusal(error, names);
  } finally {
    // What nobody wants any more still comes, and is thrown away: the client hears our answer after it.
    request.raw.unpipe();
    request.raw.resume();
  }
}

const failed = (names: readonly string[]) =>
  new ParleyError('invalid', 'upload.failed', { field: names[0] ?? 'file' });

/** A form that ends too early, has no boundaries or is none: the client's fault, whatever the parser says. */
const refusal = (thrown: unknown, names: readonly string[]): ParleyError =>
  (thrown as { statusCode?: unknown } | null)?.statusCode === 413
    ? new ParleyError('too_large', 'too_large')
    : failed(names);
