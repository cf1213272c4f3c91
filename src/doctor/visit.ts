import { randomBytes } from 'node:crypto';
import { LeaveRequest, SessionDescription, SignalRequest, SignalResponse } from '@livekit/protocol';
import { WebSocket } from 'ws';
import type { Config } from '../config/config.ts';
import { askHttp } from './http.ts';
import { roomToken } from './own-key.ts';
import type { Credentials } from './stun/binding.ts';

/** What the running server tells a client that comes into a room. */
export interface Visit extends Credentials {
  /** ICE candidates: lines without `a=`. */
  candidates(): readonly string[];
  /** Answers the offer, upon which the candidates of TCP come; until they have, or do not. */
  tcp(): Promise<void>;
  leave(): void;
}

const TOO_LONG_MS = 8_000;
const TCP_WITHIN_MS = 2_000;
const ROOM_KEPT_S = 5;

/** Comes into a room of its own. Throws with the status, in its message, when the server refuses. */
export async function visit(
  config: Config,
  url: string,
  options: { anyCertificate?: boolean } = {},
): Promise<Visit> {
  const room = `doctor-${randomBytes(6).toString('hex')}`;
  const token = await roomToken(config, room);
  if (token === undefined) throw new Error('no API key');
  const made = await askHttp(`${url}/twirp/livekit.RoomService/CreateRoom`, {
    method: 'POST',
    token,
    body: { name: room, empty_timeout: ROOM_KEPT_S, departure_timeout: 1 },
    ...options,
  });
  if (made.status !== 200) throw new Error(`HTTP ${made.status}`);
  const query = `access_token=${token}&protocol=15&auto_subscribe=0&sdk=go&version=2.0.0`;
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/rtc?${query}`, {
    rejectUnauthorized: !options.anyCertificate,
    handshakeTimeout: TOO_LONG_MS,
  });
  return offered(socket);
}

function offered(socket: WebSocket): Promise<Visit> {
  const { promise, resolve, reject } = Promise.withResolvers<Visit>();
  const trickled: string[] = [];
  const whole = Promise.withResolvers<void>();
  let first: string[] = [];
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the socket was closed')));
  socket.on('unexpected-response', (_, { statusCode }) => reject(new Error(`HTTP ${statusCode}`)));
  socket.on('message', (data: Buffer) => {
    const { message } = SignalResponse.fromBinary(data);
    if (message.case === 'trickle') {
      trickled.push((JSON.parse(message.value.candidateInit) as { candidate: string }).candidate);
      // One of TCP for each of UDP.
      if (trickled.length >= first.length) whole.resolve();
    }
    if (message.case !== 'offer') return;
    const { sdp, id } = message.value;
    const line = (name: string) => new RegExp(`^a=${name}:(.*?)\\r?$`, 'm').exec(sdp)?.[1] ?? '';
    first = [...sdp.matchAll(/^a=(candidate:.*?)\r?$/gm)].map(([, text = '']) => text);
    resolve({
      ufrag: line('ice-ufrag'),
      password: line('ice-pwd'),
      candidates: () => [...first, ...trickled],
      tcp() {
        const answer = new SessionDescription({ type: 'answer', sdp: answerTo(sdp), id });
        say(socket, { case: 'answer', value: answer });
        return before(whole.promise, TCP_WITHIN_MS);
      },
      leave() {
        say(socket, { case: 'leave', value: new LeaveRequest() });
        socket.close();
      },
    });
  });
  const late = setTimeout(() => reject(new Error('no offer in time')), TOO_LONG_MS);
  return promise
    .catch((error: unknown) => {
      socket.terminate();
      throw error;
    })
    .finally(() => clearTimeout(late));
}

const say = (socket: WebSocket, message: SignalRequest['message']) =>
  socket.send(new SignalRequest({ message }).toBinary());

/** Of a client that will never come to DTLS: ICE is all that is tried. */
function answerTo(offer: string): string {
  const mid = /^a=mid:(.*?)\r?$/m.exec(offer)?.[1] ?? '0';
  const print = randomBytes(32).toString('hex').toUpperCase().match(/../g)?.join(':');
  const media = /^m=.*$/m.exec(offer)?.[0].trim() ?? '';
  return [
    ...[
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      `a=group:BUNDLE ${mid}`,
      media,
      'c=IN IP4 0.0.0.0',
    ],
    ...[`a=mid:${mid}`, 'a=ice-ufrag:doctor', `a=ice-pwd:${randomBytes(12).toString('hex')}`],
    ...[`a=fingerprint:sha-256 ${print}`, 'a=setup:active', 'a=sctp-port:5000', ''],
  ].join('\r\n');
}

async function before(done: Promise<void>, ms: number): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, ms);
  await Promise.race([done, late.promise]);
  clearTimeout(timer);
}
