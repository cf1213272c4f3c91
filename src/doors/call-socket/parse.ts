import type { Validator } from 'typebox/compile';
import { Compile } from 'typebox/compile';
import { invalid, ParleyError } from '../../core/errors.ts';
import { tooDeep } from '../depth.ts';
import type { ClientData, ClientType } from './client-frames.ts';
import { clientFrames } from './client-frames.ts';

/** One checked frame. */
export type ClientFrame = { [T in ClientType]: { type: T; data: ClientData<T> } }[ClientType];

// Compiled at first use: what nobody sends costs the start nothing. A map, for a type from outside
// must never find `constructor`.
const schemas = new Map(Object.entries(clientFrames));
const validators = new Map<string, Validator>();

/** A frame out of a text, or `invalid` with the field at fault. */
export function parseFrame(text: string): ClientFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ParleyError('invalid', 'invalid.body', { field: 'frame' });
  }
  if (!isObject(value)) throw invalid('frame');
  const { type } = value;
  if (typeof type !== 'string') throw invalid('type');
  const validator = validatorOf(type);
  if (!validator) throw new ParleyError('invalid', 'socket.unknown_type', { field: 'type' });
  const data = value.data === undefined ? {} : value.data;
  if (!isObject(data)) throw invalid('data');
  if (!validator.Check(data)) throw invalid(fieldOf(validator, data));
  const deep = tooDeep(data);
  if (deep !== undefined) throw invalid(deep);
  // The schema of this type has just checked it.
  return { type, data } as ClientFrame;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function validatorOf(type: string): Validator | undefined {
  const known = validators.get(type);
  if (known) return known;
  const schema = schemas.get(type);
  if (!schema) return undefined;
  const validator = Compile(schema) as unknown as Validator;
  validators.set(type, validator);
  return validator;
}

function fieldOf(validator: Validator, data: unknown): string {
  const [first] = validator.Errors(data);
  const path = (first?.instancePath ?? '').split('/').filter(Boolean);
  const missing = (first?.params as { requiredProperties?: unknown } | undefined)?.requiredProperties;
  if (Array.isArray(missing) && typeof missing[0] === 'string') path.push(missing[0]);
  return path.join('.') || 'data';
}
