import type { AddressInfo } from 'node:net';
import type { DisconnectReason, PerformRpcRequest, SignalRequest } from '@livekit/protocol';
import { JoinResponse, Room, RpcError, SignalResponse, WebhookEvent } from '@livekit/protocol';
import { WebSocket } from 'ws';
import type {
  JoinAsked,
  MediaSession,
  MediaSessions,
  ResumeAsked,
  RoomService,
  Wire,
} from '../../core/media/index.ts';
import type { PeopleWorld } from '../../core/users/people.fixture.ts';
import { KEY, KEY_SECRET, peopleWorld, START } from '../../core/users/people.fixture.ts';
import type { Claims } from '../../ports/tokens.ts';
import { createHttp } from '../http.ts';
import { routeSockets } from '../sockets.ts';
import { openLiveKit } from './index.ts';

/** A session as the engine would have it, that keeps what it is told. */
export interface FakeSession extends MediaSession {
  readonly wire: Wire;
  readonly asked: JoinAsked | ResumeAsked;
  readonly received: SignalRequest['message'][];
  readonly ends: ('gone' | DisconnectReason)[];
}

export interface LiveKitWorld extends PeopleWorld {
  url: string;
  sessions: FakeSession[];
  /** What the next joins do instead of coming in. */
  refuse: (() => Promise<MediaSession>) | undefined;
  /** Whether there is something to resume. */
  resumable: boolean;
  calls: { method: string; asked: unknown }[];
  /** What the room service does instead of answering. */
  fails: Error | undefined;
  failures: unknown[];
  /** Why somebody did not come in, as it is counted. */
  refused: string[];
  token(video: Record<string, unknown>, claims?: Claims): Promise<string>;
  connect(token: string, query?: Record<string, string>, path?: string): Client;
  closeDoor(): Promise<void>;
}

/** LiveKit's door with an engine behind it that only listens. */
export async function liveKitWorld(options: { autoCreate?: boolean; singlePeer?: boolean } = {}) {
  const people = await peopleWorld();
  const world = {
    ...people,
    sessions: [],
    resumable: true,
    calls: [],
    failures: [],
    refused: [],
  } as unknown as LiveKitWorld;
  const silent = { level: 'silent', fatal() {}, error() {}, warn() {}, info() {}, debug() {}, trace() {} };
  const logger = { ...silent, silent() {}, child: () => logger };
  const http = createHttp({ trustProxy: false, logger: logger as never });
  const app = { identity: people.identity, clock: people.clock };
  const media = { ...fakeMedia(world), singlePeer: options.singlePeer ?? false };
  const doors = await openLiveKit(http, app, media, {
    autoCreate: options.autoCreate ?? true,
    rateLimits: true,
    failed: (_, error) => world.failures.push(error),
    refused: (reason) => world.refused.push(reason),
  });
  routeSockets(http.server, doors, []);
  await http.listen({ port: 0, host: '127.0.0.1' });
  world.url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  world.token = (video, claims = {}) =>
    people.codec.sign({ iss: KEY, sub: 'ann', exp: START / 1000 + 3600, video, ...claims }, KEY_SECRET);
  world.connect = (token, query = {}, path = '/rtc') =>
    new Client(
      `${world.url.replace('http', 'ws')}${path}?${new URLSearchParams({ access_token: token, ...query })}`,
    );
  world.closeDoor = async () => void (await Promise.all(doors.map((door) => door.close())));
  world.close = async () => {
    await world.closeDoor();
    await http.close();
    await people.close();
  };
  return world;
}

function fakeMedia(world: LiveKitWorld): MediaSessions {
  const enter = (asked: JoinAsked | ResumeAsked, identity: string, room: string) => {
    const session: FakeSession = {
      sid: `PA_${world.sessions.length}`,
      identity,
      room,
      asked,
      wire: asked,
      received: [],
      ends: [],
      receive: (message) => void session.received.push(message),
      gone: () => void session.ends.push('gone'),
      leave: (reason) => void session.ends.push(reason),
    };
    world.sessions.push(session);
    return session;
  };
  return {
    service: fakeService(world),
    async join(asked) {
      if (world.refuse) return world.refuse();
      const session = enter(asked, asked.identity, asked.grant.room);
      asked.send({ case: 'join', value: new JoinResponse({ pingInterval: 5 }) });
      return session;
    },
    load: async () => [],
    resume: async (asked) => (world.resumable ? enter(asked, asked.identity, asked.room) : undefined),
  };
}

/** Answers with what it was asked, as far as it can. */
function fakeService(world: LiveKitWorld): RoomService {
  const called = (method: string, asked: unknown) => {
    world.calls.push({ method, asked });
    if (world.fails) throw world.fails;
  };
  const answering: Record<string, (asked: unknown) => unknown> = {
    createRoom: (asked) => new Room({ name: (asked as Room).name, sid: 'RM_1', emptyTimeout: 300 }),
    listRooms: () => [],
    listParticipants: () => [],
    performRpc: (asked) =>
      (asked as PerformRpcRequest).method === 'greet'
        ? { payload: 'hello' }
        : { error: new RpcError({ code: 1400, message: 'No such method', data: 'at all' }) },
  };
  return new Proxy({} as RoomService, {
    get:
      (_, method: string) =>
      async (...asked: unknown[]) => {
        called(method, asked.length === 1 ? asked[0] : asked);
        return answering[method]?.(asked[0]) ?? new WebhookEvent();
      },
  });
}

/** A client of LiveKit's protocol that keeps what it hears. */
export class Client {
  readonly ws: WebSocket;
  readonly heard: SignalResponse['message'][] = [];
  readonly texts: string[] = [];
  readonly opened: Promise<void>;
  readonly closed: Promise<number>;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.ws = new WebSocket(url, { headers });
    this.ws.on('message', (data: Buffer, binary) => {
      if (binary) this.heard.push(SignalResponse.fromBinary(data).message);
      else this.texts.push(data.toString());
    });
    this.closed = new Promise((resolve) => this.ws.on('close', resolve));
    this.opened = new Promise((resolve, reject) => {
      this.ws.on('open', resolve);
      this.ws.on('error', reject);
      this.ws.on('unexpected-response', (_, response) => {
        response.setEncoding('utf8');
        response.on('data', (text) => reject(new Error(`${response.statusCode} ${text}`)));
      });
    });
    // Awaited where a test is about it.
    this.opened.catch(() => {});
  }
}
