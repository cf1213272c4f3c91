import type { SocketApi } from '../asyncapi.ts';
import { clientFrames } from './client-frames.ts';
import { UserId } from './parts.ts';
import { serverFrames } from './server-frames.ts';
import { CLOSE_CODES } from './socket.ts';

const about = `Frames are JSON text \`{"type", "from", "to"?, "meeting_id", "data"}\` in both directions. From a client only
\`type\` is needed: \`from\` and \`meeting_id\` are those of the address, or the frame is refused. The server
speaks as \`"from": "server"\`, people by their number.

The address is \`room_url\` of \`POST /api/v1/meetings/:id/join\`, whose \`ticket\` is good for five minutes. A
token works too: in the query (\`?token=\`), the header (\`Authorization: Bearer\`) or the subprotocols
(\`bearer, <token>\`; the server answers with \`bearer\`). An upgrade without a good one, or with somebody
else's, is refused before it opens, in contract E's envelope.

A refused frame is answered by \`error\` and the socket stays open. So it does over a person's limit: what
\`join\`, \`leave\`, \`chat\` and \`media-state\` do counts with the routes that do the same. The server closes with:

| Code | Why |
|---|---|
| 1007 | a frame that is not UTF-8 |
| 1009 | a frame over 256 kB |
| ${CLOSE_CODES.limit} | too many frames, or too many sockets of one person; an \`error\` frame with code 429 comes before |
| ${CLOSE_CODES.failed} | the server could not go on with it; try again |
| ${CLOSE_CODES.restart} | the server restarts; come back |
| ${CLOSE_CODES.signedOut} | signed out: the token is void |
| ${CLOSE_CODES.over} | the meeting is over |
| ${CLOSE_CODES.removed} | taken out of the meeting |

A socket is pinged every 5 s and dead after 10 s without an answer. More than 1 MB waiting for a client that
does not read ends its socket. Who comes back in time keeps their place.`;

/** Contract E's socket, for the document of all sockets. */
export const signalingApi: SocketApi = {
  name: 'signaling',
  address: '/ws/signaling',
  title: 'Signalling of meetings (contract E)',
  about,
  query: {
    meeting_id: UserId,
    user_id: { ...UserId, description: 'The token’s, or the ticket’s' },
    ticket: { type: 'string', description: 'Of room_url' },
    token: { type: 'string', description: 'A JWT, where there is no ticket' },
  },
  prefix: 'signaling.',
  more: {
    from: { anyOf: [UserId, { const: 'server' }] },
    to: { ...UserId, description: 'One participant; without it the server' },
    meeting_id: UserId,
  },
  client: clientFrames,
  server: serverFrames,
};
