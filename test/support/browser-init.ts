/**
 * What every page of the browser tests keeps for the test to look at. It only listens: what the page does goes to
 * the real thing.
 */
export interface Kept {
  peers: RTCPeerConnection[];
  sockets: WebSocket[];
  /** Every frame, in order, with the way it went. */
  frames: { way: 'in' | 'out'; type: string; data: Record<string, unknown> }[];
}

/** How this page reaches the others' media. */
export interface Reach {
  /** `relay` leaves TURN as the only way. */
  policy?: RTCIceTransportPolicy;
  /** A port of this machine to use in the place of the TURN server's: a network that the test can cut. */
  turnPort?: number;
}

declare global {
  var kept: Kept;
}

/** Runs in the page before the page's own scripts. It is sent as text: nothing from outside may be used in it. */
export function keepWatch(reach: Reach): void {
  const kept: Kept = { peers: [], sockets: [], frames: [] };
  globalThis.kept = kept;

  const throughOurPort = (urls: string | string[]) =>
    [urls].flat().map((url) => url.replace(/:\d+(\?|$)/, `:${reach.turnPort}$1`));
  const RealPeer = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends RealPeer {
    constructor(config: RTCConfiguration = {}) {
      const iceServers = (config.iceServers ?? []).map((server) =>
        reach.turnPort === undefined ? server : { ...server, urls: throughOurPort(server.urls) },
      );
      super({ ...config, iceServers, ...(reach.policy ? { iceTransportPolicy: reach.policy } : {}) });
      kept.peers.push(this);
    }
  };

  const note = (way: 'in' | 'out', text: unknown) => {
    if (typeof text === 'string') kept.frames.push({ way, ...JSON.parse(text) });
  };
  const RealSocket = globalThis.WebSocket;
  globalThis.WebSocket = class extends RealSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      kept.sockets.push(this);
      this.addEventListener('message', ({ data }) => note('in', data));
    }
    override send(data: Parameters<WebSocket['send']>[0]): void {
      note('out', data);
      super.send(data);
    }
  };
}
