// The least a chat can do: parse each frame, hand it to everybody.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = createServer();
const sockets = new WebSocketServer({ server, maxPayload: 256 * 1024 });
sockets.on('connection', (socket) => {
  socket.on('message', (bytes: Buffer) => {
    const frame = JSON.parse(bytes.toString()) as { type: string };
    if (frame.type === 'join') return socket.send('{"type":"joined"}');
    const text = JSON.stringify(frame);
    for (const other of sockets.clients) other.send(text);
  });
});
process.on('SIGTERM', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
