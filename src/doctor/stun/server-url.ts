/** A STUN or TURN server as `STUN_URLS` and `TURN_URLS` name it (RFC 7064, RFC 7065). */
export interface ServerUrl {
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  readonly tls: boolean;
}

/** Undefined when it is none. */
export function serverUrl(url: string): ServerUrl | undefined {
  const found = /^(stun|turn)(s?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(url);
  if (!found) return undefined;
  const [, , secure, host = '', port, transport] = found;
  const tls = secure === 's';
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port ?? (tls ? 5349 : 3478)),
    transport: transport === 'tcp' || (tls && transport === undefined) ? 'tcp' : 'udp',
    tls,
  };
}
