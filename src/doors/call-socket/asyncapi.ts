import type { SocketApi } from '../asyncapi.ts';
import { clientFrames } from './client-frames.ts';
import { serverFrames } from './server-frames.ts';
import { CLOSE_CODES } from './socket.ts';

const about = `Frames are JSON text \`{"type": "...", "data": {...}}\` in both directions.

The token goes into the query (\`?token=\`), the header (\`Authorization: Bearer\`) or the subprotocols
(\`bearer, <token>\`; the server answers with \`bearer\`). An upgrade without a good one is refused with 401
before it opens. A client that comes back as the same device gives \`device_id\`; a second socket of one
device takes the place of the first.

A refused frame is answered by \`error\` and the socket stays open. The server closes with:

| Code | Why |
|---|---|
| 1007 | a frame that is not UTF-8 |
| 1009 | a frame over 256 kB |
| ${CLOSE_CODES.limit} | too many frames, or too many sockets of one person; an \`error\` frame with code 429 comes before |
| ${CLOSE_CODES.failed} | the server could not open the socket; try again |
| ${CLOSE_CODES.restart} | the server restarts; come back |
| ${CLOSE_CODES.replaced} | another socket of this device has taken its place; do not come back |
| ${CLOSE_CODES.signedOut} | signed out: the token is void |

A socket is pinged every 5 s and dead after 10 s without an answer. More than 1 MB waiting for a client that
does not read ends its socket.`;

/** Contract C's socket, for the document of all sockets. */
export const callSocketApi: SocketApi = {
  name: 'ws',
  address: '/ws',
  title: 'Calls over a socket (contract C)',
  about,
  query: {
    token: { type: 'string', description: 'A JWT' },
    device_id: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,64}$' },
  },
  prefix: '',
  more: {},
  client: clientFrames,
  server: serverFrames,
};
