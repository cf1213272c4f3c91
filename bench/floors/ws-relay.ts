// The least a relay can do: check a token once, parse each frame, hand it to the receiver it names. Named
// a hash, and how many may be made at once, it answers every POST by whether the password in it is right:
// what a sign-in costs at least.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Argon2Passwords } from '../../src/adapters/passwords/argon2-passwords.ts';
import { GatedPasswords } from '../../src/core/users/gated-passwords.ts';
import { SECRET } from '../support/token.ts';

const [hash = '', atOnce = '1'] = process.argv.slice(2);
const passwords = new GatedPasswords(new Argon2Passwords(), { atOnce: Number(atOnce), waiting: 1000 });
const sockets = new Map<string, WebSocket>();

function subjectOf(token: string): string | undefined {
  const [head = '', body = '', signature = ''] = token.split('.');
  const right = createHmac('sha256', SECRET).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { sub: string; exp: number };
  return claims.exp * 1000 > Date.now() ? claims.sub : undefined;
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { password } = JSON.parse(Buffer.concat(chunks).toString()) as { password: string };
  response.statusCode = (await passwords.verify(password, hash)) ? 200 : 401;
  response.end();
});
const relay = new WebSocketServer({ noServer: true, maxPayload: 256 * 1024 });
server.on('upgrade', (request, socket, head) => {
  const token = new URL(request.url ?? '/', 'http://localhost').searchParams.get('token') ?? '';
  const uid = subjectOf(token);
  if (uid === undefined) {
    socket.destroy();
    return;
  }
  relay.handleUpgrade(request, socket, head, (accepted) => {
    sockets.set(uid, accepted);
    accepted.on('close', () => sockets.delete(uid));
    accepted.on('message', (bytes: Buffer) => {
      const text = bytes.toString();
      const frame = JSON.parse(text) as { data: { receiverId: string } };
      sockets.get(frame.data.receiverId)?.send(text);
    });
  });
});
process.on('SIGTERM', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
