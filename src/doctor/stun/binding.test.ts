import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { NoAnswer } from './ask.ts';
import { connects } from './binding.ts';
import { decode, encode } from './message.ts';

const remote = { ufrag: 'theirs', password: 'what both sides of the connection know' };
let open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open) one.close();
  open = [];
});

/** Whoever answers at a port, with a signature made with this key. */
async function answering(key: string, leaveOut = 0): Promise<Socket> {
  const socket = createSocket('udp4');
  open.push(socket);
  let heard = 0;
  socket.on('message', (bytes, { port, address }) => {
    const asked = decode(bytes);
    if (!asked || heard++ < leaveOut) return;
    const answer = { ...asked, kind: 'success' as const, attributes: [] };
    socket.send(encode(answer, { key: Buffer.from(key), fingerprint: true }), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

const at = (socket: Socket) => ({ host: '127.0.0.1', port: socket.address().port });

it('a candidate that knows the password connects', async () => {
  expect(await connects(at(await answering(remote.password)), 'udp', remote)).toBe(true);
});

it('one that does not know it does not', async () => {
  expect(await connects(at(await answering('another')), 'udp', remote)).toBe(false);
});

it('a check that was lost is sent again', async () => {
  expect(await connects(at(await answering(remote.password, 1)), 'udp', remote)).toBe(true);
});

it('a closed port of UDP is told as that', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const there = at(socket);
  socket.close();
  const refused = await connects(there, 'udp', remote).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NoAnswer);
  expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
});

it('a closed port of TCP is told as that, and somebody who hangs up too', async () => {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const there = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  await expect(connects(there, 'tcp', remote)).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
  server.close();
  await once(server, 'close');
  await expect(connects(there, 'tcp', remote)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
