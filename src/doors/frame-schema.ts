import type { TSchema } from 'typebox';
import type { Validator } from 'typebox/compile';
import { Compile } from 'typebox/compile';
import { invalid, ParleyError } from '../core/errors.ts';
import { tooDeep } from './depth.ts';

/** An object as a client sent it. */
export type Given = Readonly<Record<string, unknown>>;

/**
 * Checks frames by the schema of their type. Compiled at first use: what nobody sends costs the start
 * nothing.
 */
export class FrameSchemas {
  // A map, for a type from outside must never find `constructor`.
  readonly #schemas: ReadonlyMap<string, TSchema>;
  readonly #validators = new Map<string, Validator>();

  constructor(schemas: Readonly<Record<string, TSchema>>) {
    this.#schemas = new Map(Object.entries(schemas));
  }

  /** The frame of a text, its `data` checked (`{}` where there is none), or `invalid` with the field at fault. */
  parse(text: string): { type: string; data: Given; frame: Given } {
    const frame = objectIn(text);
    const { type } = frame;
    if (typeof type !== 'string') throw invalid('type');
    const validator = this.#validatorOf(type);
    if (!validator) throw new ParleyError('invalid', 'socket.unknown_type', { field: 'type' });
    const data = frame.data === undefined ? {} : frame.data;
    if (!isObject(data)) throw invalid('data');
    if (!validator.Check(data)) throw invalid(fieldOf(validator, data));
    const deep = tooDeep(data);
    if (deep !== undefined) throw invalid(deep);
    return { type, data, frame };
  }

  #validatorOf(type: string): Validator | undefined {
    const known = this.#validators.get(type);
    if (known) return known;
    const schema = this.#schemas.get(type);
    if (!schema) return undefined;
    const validator = Compile(schema) as unknown as Validator;
    this.#validators.set(type, validator);
    return validator;
  }
}

function objectIn(text: string): Given {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ParleyError('invalid', 'invalid.body', { field: 'frame' });
  }
  if (!isObject(value)) throw invalid('frame');
  return value;
}

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldOf(validator: Validator, data: unknown): string {
  const [first] = validator.Errors(data);
  const path = (first?.instancePath ?? '').split('/').filter(Boolean);
  const missing = (first?.params as { requiredProperties?: unknown } | undefined)?.requiredProperties;
  if (Array.isArray(missing) && typeof missing[0] === 'string') path.push(missing[0]);
  return path.join('.') || 'data';
}
