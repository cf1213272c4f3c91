import type { ErrorDetails } from './errors.ts';
import { ParleyError } from './errors.ts';
import type { Token } from './token.ts';

export type Query = Record<string, string | number | undefined>;

/** Requests to the server's REST doors, each with the client's token and device. */
export class Rest {
  readonly #base: string;
  readonly #token: Token | undefined;
  readonly #deviceId: string | undefined;

  constructor(url: string, token?: Token, deviceId?: string) {
    this.#base = url.replace(/\/+$/, '');
    this.#token = token;
    this.#deviceId = deviceId;
  }

  get<T>(path: string, query: Query = {}): Promise<T> {
    const pairs = Object.entries(query).flatMap(([k, v]) => (v === undefined ? [] : [[k, String(v)]]));
    const search = new URLSearchParams(pairs).toString();
    return this.request<T>('GET', search ? `${path}?${search}` : path);
  }

  /** An answer that is no JSON, as it is. */
  text(path: string): Promise<string> {
    return this.request<string>('GET', path, undefined, undefined, (text) => text);
  }

  post<T>(path: string, body: unknown = {}, bearer?: string): Promise<T> {
    return this.request<T>('POST', path, body, bearer);
  }

  put<T>(path: string, body: unknown = {}, bearer?: string): Promise<T> {
    return this.request<T>('PUT', path, body, bearer);
  }

  delete<T>(path: string): Promise<T> {
    return this.request<T>('DELETE', path);
  }

  /** The answer's JSON; a refusal becomes a `ParleyError`. An expired token is renewed once. */
  async request<T>(
    method: string,
    path: string,
    body?: unknown,
    bearer?: string,
    read: (text: string) => unknown = parse,
  ): Promise<T> {
    const token = bearer ?? (await this.#token?.current());
    let response = await this.#send(method, path, body, token);
    if (response.status === 401 && !bearer && this.#token?.renewable) {
      response = await this.#send(method, path, body, await this.#token.renew());
    }
    const text = await response.text().catch((cause: unknown) => {
      throw ParleyError.network('The connection broke while the answer was read', cause);
    });
    if (!response.ok) throw refusal(response, parse(text));
    return read(text) as T;
  }

  async #send(method: string, path: string, body: unknown, token: string | undefined): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    // A form names its own type, with the boundary in it.
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers['content-type'] = 'application/json';
    if (token) headers.authorization = `Bearer ${token}`;
    if (this.#deviceId) headers['x-device-id'] = this.#deviceId;
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = form ? body : JSON.stringify(body);
    try {
      return await fetch(this.#base + path, init);
    } catch (cause) {
      throw ParleyError.network(`The server at ${this.#base} cannot be reached`, cause);
    }
  }
}

function parse(text: string): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page, perhaps; the status says enough.
    return undefined;
  }
}

/** Doors differ in where they put their words: `{error: {code, message, details}}` or `{code, message, data}`. */
function refusal({ status, headers }: Response, body: unknown): ParleyError {
  const answer = objectOf(body);
  const error = objectOf(answer.error);
  const nested = objectOf(error.details ?? answer.data ?? answer.details);
  const message = error.message ?? answer.message ?? answer.msg;
  const code = error.code ?? answer.code;
  const details: ErrorDetails = { ...nested };
  if (typeof code === 'number' || typeof code === 'string') details.code = code;
  const wait = Number(headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(wait)) details.retryAfter = wait;
  return ParleyError.status(status, typeof message === 'string' ? message : `HTTP ${status}`, details);
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
