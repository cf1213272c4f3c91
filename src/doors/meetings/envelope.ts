import type { TSchema } from 'typebox';
import { Type } from 'typebox';
import type { Asked } from '../route.ts';
import { wholeSeconds } from '../time.ts';

export const Time = Type.String({ description: 'UTC, whole seconds', examples: ['2025-10-02T10:00:00Z'] });
export const OrNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** The envelope of every success; creations say 201. */
export const Success = <S extends TSchema, C extends 200 | 201 = 200>(data: S, code: C = 200 as C) =>
  Type.Object({
    code: Type.Literal(code),
    message: Type.Literal('Success'),
    data,
    timestamp: Time,
    request_id: Type.String(),
  });

type About = Pick<Asked<'public', undefined, undefined, undefined>, 'requestId'>;

export const success = <T, C extends 200 | 201 = 200>({ requestId }: About, data: T, code: C = 200 as C) => ({
  code,
  message: 'Success' as const,
  data,
  timestamp: wholeSeconds(Date.now()),
  request_id: requestId,
});

/** `code` is the business code where there is one, else the HTTP status; `data` names the field at fault. */
export const Failure = Type.Object({
  code: Type.Integer(),
  message: Type.String(),
  data: OrNull(Type.Object({ field: Type.String() })),
  timestamp: Time,
  request_id: Type.String(),
});
