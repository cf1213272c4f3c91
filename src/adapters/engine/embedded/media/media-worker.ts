import { createWorker, type types } from 'mediasoup';
import { everywhere, isIPv6, listenAt, ownAddresses } from './addresses.ts';
import { type Candidates, candidatesOf, type Listening } from './candidates.ts';
import type { PlaneOptions } from './plane-options.ts';

/** A large picture goes to hundreds at once: what the kernel holds by default loses part of it. */
export const SOCKET_BYTES = 4 * 1024 * 1024;

/** One process that carries media, and where clients reach it. */
export interface MediaWorker {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  readonly candidates: Candidates;
  /** How much it has to do, kept by those who give it work. */
  readonly load: { rooms: number; clients: number; consumers: number };
}

/** Starts a process that listens on its port; `index` counts from 0. */
export async function startWorker(options: PlaneOptions, index: number): Promise<MediaWorker> {
  const { workerBin } = options;
  const worker = await createWorker({
    logLevel: options.logLevel ?? 'error',
    ...(workerBin === undefined ? {} : { workerBin }),
  });
  try {
    const port = options.rtcPort === 0 ? 0 : options.rtcPort + index;
    const announced = options.announced ?? ownAddresses();
    const { server, listening } = await listen(worker, announced, port);
    const candidates = candidatesOf(announced, listening);
    return { worker, server, candidates, load: { rooms: 0, clients: 0, consumers: 0 } };
  } catch (error) {
    worker.close();
    throw error;
  }
}

interface Listens {
  readonly server: types.WebRtcServer;
  readonly listening: readonly Listening[];
}

async function listen(worker: types.Worker, announced: readonly string[], port: number): Promise<Listens> {
  const hosts = listenAt(announced);
  try {
    return await listenOn(worker, hosts, port);
  } catch (error) {
    // One of the addresses has gone since, or IPv6 still asks the network whether it may have it.
    if (!/address not available/.test(`${error}`)) throw error;
    return listenOn(worker, everywhere(), port);
  }
}

async function listenOn(worker: types.Worker, hosts: readonly string[], port: number): Promise<Listens> {
  const server = await worker.createWebRtcServer({ listenInfos: hosts.flatMap((ip) => infos(ip, port)) });
  const { udpSockets, tcpServers } = await server.dump();
  const portOf = (sockets: readonly types.IpPort[], host: string) =>
    sockets.find(({ ip }) => ip === host)?.port ?? port;
  const listening = hosts.map((host) => ({
    host,
    udp: portOf(udpSockets, host),
    tcp: portOf(tcpServers, host),
  }));
  return { server, listening };
}

function infos(ip: string, port: number): types.TransportListenInfo[] {
  return (['udp', 'tcp'] as const).map((protocol) => ({
    protocol,
    ip,
    ...(port === 0 ? {} : { port }),
    ...(isIPv6(ip) ? { flags: { ipv6Only: true } } : {}),
    sendBufferSize: SOCKET_BYTES,
    recvBufferSize: SOCKET_BYTES,
  }));
}
