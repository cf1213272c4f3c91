import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { expect, it } from 'vitest';
import { WholeNumber } from './whole-number.ts';

const check = TypeBoxValidatorCompiler({
  schema: Type.Object({ offset: Type.Optional(WholeNumber({ minimum: 0, maximum: 10 })) }),
  method: 'GET',
  url: '/',
  httpPart: 'querystring',
} as never) as (value: unknown) => { value?: unknown; error?: unknown };

it.each(['0', '10', undefined])('takes %s', (offset) => {
  expect(check({ ...(offset === undefined ? {} : { offset }) }).error).toBeUndefined();
});

it.each(['1.5', '5e-324', '1.00000000000001', '11', '-1', 'x', 'Infinity', 'NaN'])('refuses %s', (offset) => {
  expect(check({ offset }).error).toBeDefined();
});
