import type { ConfigVariable, Env } from './env.ts';

/** A value that cannot be: which variable, what it is, what would be right. Secrets are not repeated. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const SECRET: ReadonlySet<string> = new Set([
  'API_KEYS',
  'TURN_SECRET',
  'WEBHOOK_SECRET',
  'DATABASE_URL',
  'REDIS_URL',
  'LIVEKIT_API_SECRET',
  'SMTP_URL',
]);

export function wrong(name: ConfigVariable, value: string, right: string): ConfigError {
  return new ConfigError(`${name}=${SECRET.has(name) ? '(hidden)' : value} is not valid: expected ${right}`);
}

export function integer(env: Env, name: ConfigVariable, otherwise: number, min: number, max: number): number {
  const value = env[name];
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw wrong(name, value, `a whole number from ${min} to ${max}`);
  }
  return number;
}

export function oneOf<const T extends string>(
  env: Env,
  name: ConfigVariable,
  words: readonly T[],
  otherwise: T,
): T {
  const value = env[name];
  if (value === undefined) return otherwise;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined)
    throw wrong(name, value, words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`);
  return word;
}

/** Comma-separated, each fitting the pattern. */
export function list(env: Env, name: ConfigVariable, pattern: RegExp, right: string): string[] {
  const value = env[name];
  if (value === undefined) return [];
  const parts = value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  for (const part of parts) if (!pattern.test(part)) throw wrong(name, part, right);
  return parts;
}

export function url(env: Env, name: ConfigVariable, protocols: readonly string[]): string | undefined {
  const value = env[name];
  if (value === undefined) return undefined;
  const right = `an address beginning with ${protocols.join(' or ')}`;
  if (!protocols.some((protocol) => value.startsWith(protocol))) throw wrong(name, value, right);
  if (!value.startsWith('sqlite:') && !URL.canParse(value)) throw wrong(name, value, right);
  return value.replace(/\/$/, '');
}
