import type { MediaPrincipal } from '../../../core/identity/principal.ts';
import type { RoomService } from '../../../core/media/index.ts';

/** What makes a request of its bytes; LiveKit's message classes are such. */
interface Codec<I> {
  fromBinary(bytes: Uint8Array): I;
  fromJsonString(text: string, options?: { ignoreUnknownFields?: boolean }): I;
}

/** A message to answer with. */
export interface Answer {
  toBinary(): Uint8Array;
  toJsonString(options?: { emitDefaultValues?: boolean; useProtoFieldName?: boolean }): string;
}

/** One method of a service: who may call it, and what it does. */
interface MethodOf<I> {
  request: Codec<I>;
  may(principal: MediaPrincipal, asked: NoInfer<I>): boolean;
  run(service: RoomService, asked: NoInfer<I>): Promise<Answer>;
}

/** Any method, its types forgotten. */
export interface Method {
  parse(body: Buffer, binary: boolean): unknown;
  may(principal: MediaPrincipal, asked: unknown): boolean;
  run(service: RoomService, asked: unknown): Promise<Answer>;
}

/** Ties a method's parts together and forgets their types. */
export function method<I>({ request, may, run }: MethodOf<I>): Method {
  return {
    parse: (body, binary) =>
      binary
        ? request.fromBinary(body)
        : request.fromJsonString(body.toString('utf8'), { ignoreUnknownFields: true }),
    may: (principal, asked) => may(principal, asked as I),
    run: (service, asked) => run(service, asked as I),
  };
}
