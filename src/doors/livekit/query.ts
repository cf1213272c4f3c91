import type { ClientInfo, SignalRequest } from '@livekit/protocol';
import type { Origin } from './client-info.ts';
import { clientInfo } from './client-info.ts';
import { DENIED, Refusal } from './refusal.ts';

/** `auto_subscribe=true` of some clients is the `1` of others. */
const yes = (text: string | null): boolean => text === '1' || text === 'true';

/** What a client says of its join beside its token: in the query, or in a join request there. */
export interface JoinSaid {
  readonly autoSubscribe: boolean;
  readonly autoSubscribeDataTracks: boolean;
  readonly adaptiveStream: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly metadata: string;
  /** A second connection of the same person for publishing alone; old clients. */
  readonly publish: string;
  readonly reconnect: boolean;
  readonly sid: string;
  readonly client: ClientInfo;
  readonly singlePeer: boolean;
  /** Messages that it has sent along. */
  readonly first: readonly SignalRequest['message'][];
}

/** Throws a `Refusal` for attributes that are none; where a client joins they are left out instead. */
export function joinQuery(query: URLSearchParams, origin: Origin, strict: boolean): JoinSaid {
  const autoSubscribe = query.get('auto_subscribe');
  const reconnect = yes(query.get('reconnect'));
  return {
    autoSubscribe: autoSubscribe === null || autoSubscribe === '' || yes(autoSubscribe),
    autoSubscribeDataTracks: yes(query.get('auto_subscribe_data_track')),
    adaptiveStream: yes(query.get('adaptive_stream')),
    attributes: attributesIn(query.get('attributes') ?? '', strict),
    metadata: '',
    publish: query.get('publish') ?? '',
    reconnect,
    sid: reconnect ? (query.get('sid') ?? '') : '',
    client: clientInfo(query, origin),
    singlePeer: false,
    first: [],
  };
}

function attributesIn(text: string, strict: boolean): Record<string, string> {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('no map');
    const entries = Object.entries(value);
    if (entries.some(([, one]) => typeof one !== 'string')) throw new SyntaxError('no texts');
    return Object.fromEntries(entries) as Record<string, string>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (strict) throw new Refusal(400, 'cannot decode attributes');
    return {};
  }
}

/** The token's attributes with the query's over them; an empty one of these takes nothing away. */
export function merged(
  signed: Readonly<Record<string, string>>,
  asked: Readonly<Record<string, string>>,
  mayUpdate: boolean,
): Readonly<Record<string, string>> {
  const given = Object.entries(asked);
  if (given.length === 0) return signed;
  if (!mayUpdate) throw new Refusal(401, DENIED);
  return { ...signed, ...Object.fromEntries(given.filter(([, value]) => value !== '')) };
}
