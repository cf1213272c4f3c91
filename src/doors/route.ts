import type { Static, TSchema } from 'typebox';
import type { App } from '../core/app.ts';
import type { ErrorCode, ParleyError } from '../core/errors.ts';
import type { ServicePrincipal, UserPrincipal } from '../core/identity/principal.ts';
import type { Limits } from './limit.ts';
import type { Locale } from './locale.ts';
import type { Uploaded } from './upload.ts';

/** Who may call a route at all; what they may see or do there is the core's policy. */
export type Access =
  | 'public'
  | 'optional'
  | 'user'
  | 'service'
  | 'user-or-service'
  | 'admin'
  | 'admin-or-service';

export type GuestDoor = 'id' | 'meeting_id' | 'roomId' | 'own';

/** Media tokens open none of these: they are for the media doors alone. */
export type PrincipalOf<A extends Access> = A extends 'public'
  ? undefined
  : A extends 'optional'
    ? UserPrincipal | ServicePrincipal | undefined
    : A extends 'service'
      ? ServicePrincipal
      : A extends 'user' | 'admin'
        ? UserPrincipal
        : UserPrincipal | ServicePrincipal;

type Of<S extends TSchema | undefined> = S extends TSchema ? Static<S> : undefined;

/** One request as a handler sees it: validated, its asker known. */
export interface Asked<A extends Access, P, Q, B> {
  principal: PrincipalOf<A>;
  params: P;
  query: Q;
  body: B;
  /** The header as it came, where a route checks a signature itself. */
  readonly authorization: string | undefined;
  locale: Locale;
  requestId: string;
  ip: string;
  /** What the address is counted as: one customer's. */
  readonly customer: string;
  /** The file of a route with `upload`. Throws `invalid` when there is none. */
  file(): Promise<Uploaded>;
  /** The address the asker has reached this server by, without a slash at the end. */
  readonly origin: string;
  userAgent: string;
  /** A REST client's device: its `X-Device-Id`, else its token's `jti`; null without a token. */
  device: string | null;
}

export interface RouteSpec<
  A extends Access = Access,
  P extends TSchema | undefined = TSchema | undefined,
  Q extends TSchema | undefined = TSchema | undefined,
  B extends TSchema | undefined = TSchema | undefined,
  R extends TSchema = TSchema,
> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The whole path, with `:params`. */
  url: string;
  access: A;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** The answer when all is well, envelope included: what is not in the schema is not sent. */
  response: R;
  /** The body is handed on as its text, whatever it says to be: what signs it, in `Authorization`, is the handler's to check. */
  signed?: true;
  /** The body is a form, and the file is in one of these fields of it. */
  upload?: readonly [string, ...string[]];
  /** The answer is a file: `response` is its text, in no envelope. */
  file?: { type: string; name: string };
  /** Its status; 200 unless said otherwise. */
  status?: 200 | 201;
  /**
   * Open to people without an account: the parameter that names their meeting, or `own` where one's own
   * is all that can be asked for. All other routes are closed to them.
   */
  guests?: GuestDoor;
  /** What can go wrong beside the usual, for the documentation. */
  errors?: readonly ErrorCode[];
  handler(app: App, asked: Asked<A, Of<P>, Of<Q>, Of<B>>): Promise<Static<R>>;
}

/** Any route, its types forgotten: what a door lists. */
// biome-ignore lint/suspicious/noExplicitAny: the schema ties the types together inside `route()`; outside they are opaque.
export type Route = RouteSpec<any, any, any, any, any>;

/** Checks a route's parts against each other and forgets their types. */
export function route<
  A extends Access,
  R extends TSchema,
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(spec: RouteSpec<A, P, Q, B, R>): Route {
  return spec;
}

/** A contract's door: its routes and its way to say that something went wrong. */
export interface Door {
  /** In the OpenAPI document: the tag of its routes. */
  name: string;
  description: string;
  routes: readonly Route[];
  /** How often each may be called, where the contract says so. */
  limits?: Limits;
  /** Paths whose unknown routes answer in this door's envelope. The longest prefix wins. */
  prefixes: readonly string[];
  /** The schema of its error answers. */
  errorSchema: TSchema;
  /** The door's total table from the core's errors to its own form. */
  error(
    error: ParleyError,
    about: { locale: Locale; requestId: string; path: string },
  ): {
    status: number;
    body: unknown;
  };
}
