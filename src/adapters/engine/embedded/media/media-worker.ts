import { createWorker, type types } from 'mediasoup';
import { everywhere, isIPv6, ownAddresses } from './addresses.ts';
import { type Candidates, candidatesOf, type Ports } from './candidates.ts';
import type { PlaneOptions } from './plane-options.ts';

/** A large picture goes to hundreds at once: what the kernel holds by default loses part of it. */
const SOCKET_BYTES = 4 * 1024 * 1024;

/** One process that carries media, and where clients reach it. */
export interface MediaWorker {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  readonly candidates: Candidates;
  /** How much it has to do, kept by those who give it work. */
  readonly load: { rooms: number; consumers: number };
}

/** Starts a process that listens on its port; `index` counts from 0. */
export async function startWorker(options: PlaneOptions, index: number): Promise<MediaWorker> {
  const { workerBin, libwebrtcFieldTrials } = options;
  const worker = await createWorker({
    logLevel: options.logLevel ?? 'error',
    ...(workerBin === undefined ? {} : { workerBin }),
    ...(libwebrtcFieldTrials === undefined ? {} : { libwebrtcFieldTrials }),
  });
  try {
    const port = options.rtcPort === 0 ? 0 : options.rtcPort + index;
    const hosts = options.listenHosts ?? everywhere();
    const server = await worker.createWebRtcServer({ listenInfos: hosts.flatMap((ip) => listen(ip, port)) });
    const candidates = candidatesOf(options.announced ?? ownAddresses(), portsOf(await server.dump()));
    return { worker, server, candidates, load: { rooms: 0, consumers: 0 } };
  } catch (error) {
    worker.close();
    throw error;
  }
}

function listen(ip: string, port: number): types.TransportListenInfo[] {
  return (['udp', 'tcp'] as const).map((protocol) => ({
    protocol,
    ip,
    ...(port === 0 ? {} : { port }),
    ...(isIPv6(ip) ? { flags: { ipv6Only: true } } : {}),
    sendBufferSize: SOCKET_BYTES,
    recvBufferSize: SOCKET_BYTES,
  }));
}

function portsOf({ udpSockets, tcpServers }: types.WebRtcServerDump): Ports {
  const of = (sockets: readonly types.IpPort[], six: boolean) =>
    sockets.find(({ ip }) => isIPv6(ip) === six)?.port;
  const found = {
    udp4: of(udpSockets, false),
    udp6: of(udpSockets, true),
    tcp4: of(tcpServers, false),
    tcp6: of(tcpServers, true),
  };
  return Object.fromEntries(Object.entries(found).filter(([, port]) => port !== undefined));
}
