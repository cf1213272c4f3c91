import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { lengthOf } from './message.ts';

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** How STUN messages get somewhere and back. */
export interface Way {
  /** What is lost is sent again. */
  readonly reliable: boolean;
  send(bytes: Buffer): void;
  /** The next whole message; rejects when the other side ends it. */
  onMessage(heard: (bytes: Buffer) => void, ended: (error: Error) => void): void;
  close(): void;
}

const CONNECT_MS = 5_000;

export async function udpWay({ host, port }: Place): Promise<Way> {
  const { address, family } = await lookup(host);
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  socket.connect(port, address);
  await once(socket, 'connect');
  return {
    reliable: false,
    send: (bytes) => socket.send(bytes),
    onMessage(heard, ended) {
      socket.on('message', heard);
      // ICMP says that nobody is there.
      socket.on('error', ended);
    },
    close: () => socket.close(),
  };
}

/**
 * `framed`: each message follows its length, as ICE over TCP has it (RFC 6544); otherwise a message
 * is as long as it says (RFC 8489, 6.2.2). `tls`: the name its certificate must be for.
 */
export async function tcpWay(
  { host, port }: Place,
  options: { framed?: boolean; tls?: boolean } = {},
): Promise<Way> {
  const where = { host, port, timeout: CONNECT_MS };
  const socket = options.tls ? connectTls({ ...where, servername: host }) : connect(where);
  const late = () => socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
  socket.once('timeout', late);
  try {
    await once(socket, options.tls ? 'secureConnect' : 'connect');
  } catch (error) {
    socket.destroy();
    throw error;
  }
  socket.setTimeout(0);
  const prefix = options.framed ? 2 : 0;
  return {
    reliable: true,
    send(bytes) {
      const length = Buffer.alloc(prefix);
      if (prefix) length.writeUInt16BE(bytes.length);
      socket.write(Buffer.concat([length, bytes]));
    },
    onMessage(heard, ended) {
      let rest = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        rest = Buffer.concat([rest, chunk]);
        for (;;) {
          const length = prefix ? (rest.length < 2 ? undefined : rest.readUInt16BE()) : lengthOf(rest);
          if (length === undefined || rest.length < prefix + length) return;
          heard(rest.subarray(prefix, prefix + length));
          rest = rest.subarray(prefix + length);
        }
      });
      socket.on('error', ended);
      socket.on('close', () => ended(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    },
    close: () => socket.destroy(),
  };
}
