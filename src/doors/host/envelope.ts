import type { TSchema } from 'typebox';
import { Type } from 'typebox';

export const OrNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** Part F shows milliseconds. */
export const Time = Type.String({ description: 'UTC, milliseconds', examples: ['2025-11-09T15:00:00.000Z'] });
export const time = (ms: number) => new Date(ms).toISOString();

/** It is done and there is nothing to tell. */
export const Done = Type.Object({});

export const Failure = Type.Object({
  error: Type.Object({
    code: Type.String({ description: 'One of the core’s error codes.', examples: ['not_found'] }),
    message: Type.String(),
    details: Type.Optional(
      Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
    ),
  }),
});
