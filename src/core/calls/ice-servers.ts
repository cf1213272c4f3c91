import { createHmac } from 'node:crypto';

/** As RTCConfiguration has it. */
export interface IceServer {
  urls: string | string[];
  username?: string;
  credential?: string;
}

export interface IceConfig {
  stunUrls: readonly string[];
  turnUrls: readonly string[];
  turnSecret: string | undefined;
  /** How long a credential is good for, in seconds. */
  turnTtlS: number;
}

/**
 * STUN servers for everybody; TURN with a credential of one's own that expires: the shared-secret
 * scheme of coturn (draft-uberti-behave-turn-rest), HMAC-SHA1 over `<expiry>:<uid>`.
 */
export function iceServers(config: IceConfig, uid: string | undefined, now: number): IceServer[] {
  const servers: IceServer[] = config.stunUrls.map((urls) => ({ urls }));
  if (uid === undefined || config.turnSecret === undefined) return servers;
  const username = `${Math.floor(now / 1000) + config.turnTtlS}:${uid}`;
  const credential = createHmac('sha1', config.turnSecret).update(username).digest('base64');
  return [...servers, ...config.turnUrls.map((urls) => ({ urls, username, credential }))];
}
