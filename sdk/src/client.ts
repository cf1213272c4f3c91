import type { Envelope, WireAccount } from './accounts.ts';
import { accountOf } from './accounts.ts';
import { Admin } from './admin.ts';
import type { Call } from './call.ts';
import { Calls } from './calls.ts';
import { ICE_SERVERS_FRESH_MS } from './defaults.ts';
import { DeviceMemory } from './device.ts';
import { Directory } from './directory.ts';
import { ParleyError } from './errors.ts';
import { History } from './history.ts';
import { LocalMedia } from './local-media.ts';
import { capture } from './media.ts';
import { Meetings } from './meetings.ts';
import { Contacts, Devices, Groups, People } from './people.ts';
import type { ContactData, ServerFrame, WirePerson } from './protocol.ts';
import { policyOf } from './reconnect-policy.ts';
import { Rest } from './rest.ts';
import { Rooms } from './rooms.ts';
import { Socket } from './socket.ts';
import { subjectOf, Token } from './token.ts';
import { TypedEvents } from './typed-events.ts';
import type { CallKind, CallOptions, ConnectionState, ConnectOptions, Person } from './types.ts';

export interface ClientEvents {
  state: [ConnectionState];
  /** Somebody calls: it rings here. */
  incoming: [Call];
  /** Any call that appeared: own, incoming, or taken up again after a reload. */
  call: [Call];
  presence: [{ uid: string; online: boolean }];
  contactRequest: [Person];
  contactAccepted: [Person];
  /** What went wrong without anybody waiting for it. */
  error: [ParleyError];
}

/** One device of one person, connected to a server. */
export class Client extends TypedEvents<ClientEvents> {
  /** Resolves when the socket is open for the first time; rejects if it never will be. */
  readonly ready: Promise<void>;
  readonly people: People;
  readonly contacts: Contacts;
  readonly groups: Groups;
  readonly history: History;
  readonly devices: Devices;
  readonly rooms: Rooms;
  readonly meetings: Meetings;
  readonly admin: Admin;
  readonly #rest: Rest;
  readonly #socket: Socket;
  readonly #calls: Calls;
  readonly #memory: DeviceMemory;
  readonly #directory = new Directory();
  readonly #token: Token;
  readonly #media: boolean;
  readonly #rooms: ConnectOptions['rooms'];
  #me: Person | undefined;
  #ice: { servers: RTCIceServer[]; at: number } | undefined;

  /** @internal Use `connect`. */
  constructor(options: ConnectOptions) {
    super();
    this.#media = options.media ?? typeof RTCPeerConnection !== 'undefined';
    this.#rooms = options.rooms;
    this.#memory = new DeviceMemory(options.deviceId, () => this.#takenCalls());
    this.#token = new Token(options.token);
    this.#rest = new Rest(options.url, this.#token, this.#memory.deviceId);
    this.people = new People(this.#rest, this.#directory);
    this.contacts = new Contacts(this.#rest, this.#directory);
    this.groups = new Groups(this.#rest, this.#directory);
    this.history = new History(this.#rest, () => this.#uid());
    this.devices = new Devices(this.#rest);
    this.rooms = new Rooms(this.#rest, this.#directory, () => this.#uid());
    this.meetings = new Meetings(this.#rest, policyOf(options.reconnectDelay));
    this.admin = new Admin(this.#rest);
    this.#socket = new Socket({
      url: options.url,
      token: this.#token,
      deviceId: this.#memory.deviceId,
      policy: policyOf(options.reconnectDelay),
      check: () => this.#check(),
    });
    this.#calls = this.#makeCalls();
    this.ready = new Promise((resolve, reject) => {
      this.#socket.on('state', (state) => this.#stateChanged(state, resolve, reject));
      this.#socket.on('failed', (error) => {
        reject(error);
        this.emit('error', error);
      });
    });
    // Nobody has to wait for it; the error event tells as well.
    this.ready.catch(() => undefined);
    this.#socket.on('frame', (frame) => this.#receive(frame));
    this.#socket.open();
  }

  /** Oneself, known when `ready`. */
  get me(): Person | undefined {
    return this.#me;
  }
  get state(): ConnectionState {
    return this.#socket.state;
  }
  /** The server said that it restarts; until it is back. */
  get restarting(): boolean {
    return this.#socket.restarting;
  }
  get deviceId(): string {
    return this.#memory.deviceId;
  }
  /** The live calls of this device, by id. */
  get calls(): ReadonlyMap<string, Call> {
    return this.#calls.live;
  }

  /**
   * Calls one person, or several at once. Resolves when the call exists; if that person is calling us
   * at this moment, with their call, taken. Rejects with `ParleyError` when the call may not be made.
   */
  async call(uids: string | string[], options: CallOptions = {}): Promise<Call> {
    return this.#calls.place(typeof uids === 'string' ? [uids] : uids, options);
  }

  /**
   * Comes into a call that goes on without this device: back after `lost`, or one of a group one is a member of.
   * Rejects with `conflict` or `not_found` when it is over.
   */
  async join(callId: string, options: CallOptions = {}): Promise<Call> {
    return this.#calls.join(callId, options);
  }

  /** STUN and TURN servers with this person's expiring credentials. */
  async iceServers(): Promise<RTCIceServer[]> {
    if (this.#ice && Date.now() - this.#ice.at < ICE_SERVERS_FRESH_MS) return this.#ice.servers;
    const { data } = await this.#rest.get<{ data: { iceServers: RTCIceServer[] } }>('/api/rtc/ice-servers');
    this.#ice = { servers: data.iceServers, at: Date.now() };
    return data.iceServers;
  }

  /** Leaves every call and closes for good. */
  close(): void {
    this.#calls.close();
    this.#memory.close();
    this.#socket.close();
  }

  #makeCalls(): Calls {
    const uid = () => this.#me?.uid ?? '';
    const context = {
      get me() {
        return uid();
      },
      media: this.#media,
      rooms: this.#rooms,
      rest: this.#rest,
      send: this.#socket.send,
      online: () => this.#socket.state === 'open',
      iceServers: () => this.iceServers(),
      openMedia: (kind: CallKind, options: { video?: boolean; stream?: MediaStream }) =>
        this.#openMedia(kind, options),
      person: (of: string) => this.#directory.person(of),
      learn: (person: Person) => this.#directory.learn(person),
      meet: (of: string, info: WirePerson | undefined) => this.#directory.meet(of, info),
      error: (error: ParleyError) => this.emit('error', error),
      wasIn: (callId: string) => this.#memory.wasIn(callId),
    };
    return new Calls(context, {
      appeared: (call) => this.emit('call', call),
      incoming: (call) => this.emit('incoming', call),
    });
  }

  async #openMedia(kind: CallKind, options: { video?: boolean; stream?: MediaStream }): Promise<LocalMedia> {
    const video = options.video ?? kind === 'video';
    if (!this.#media) return new LocalMedia(undefined, false, video);
    if (options.stream) return new LocalMedia(options.stream, false, video);
    return new LocalMedia(await capture({ audio: true, video }), true, video);
  }

  #takenCalls(): string[] {
    return [...this.#calls.live.values()].flatMap((call) => (call.phase === 'incoming' ? [] : [call.id]));
  }

  #receive(frame: ServerFrame): void {
    if (frame.type === 'presence') this.emit('presence', frame.data);
    else if (frame.type === 'contact:request') this.emit('contactRequest', this.#personIn(frame.data));
    else if (frame.type === 'contact:accepted') this.emit('contactAccepted', this.#personIn(frame.data));
    else this.#calls.receive(frame);
  }

  #personIn({ uid, senderInfo }: ContactData): Person {
    return this.#directory.meet(uid, senderInfo);
  }

  #stateChanged(state: ConnectionState, ready: () => void, failed: (error: ParleyError) => void): void {
    if (state === 'open') {
      this.#opened()
        .then(ready)
        .catch((cause: unknown) => {
          const error = ParleyError.of(cause);
          failed(error);
          this.emit('error', error);
        });
    } else if (state === 'closed') failed(ParleyError.network('The client is closed'));
    this.#calls.connectionChanged();
    this.emit('state', state);
  }

  async #opened(): Promise<void> {
    const uid = await this.#uid();
    this.#calls.sync();
    if (this.#me?.id !== undefined) return;
    const profile = await this.#rest.get<Envelope<WireAccount>>('/api/v1/users/profile');
    const { id, nickname, avatarUrl } = accountOf(profile);
    this.#me = { uid, id, name: nickname, avatarUrl };
  }

  /** One's own uid is the subject of one's token. */
  async #uid(): Promise<string> {
    if (!this.#me) {
      const subject = subjectOf(await this.#token.current());
      if (subject === undefined) throw ParleyError.unauthenticated('The token names nobody');
      this.#me = { uid: subject, name: subject, avatarUrl: null };
    }
    return this.#me.uid;
  }

  async #check(): Promise<ParleyError | undefined> {
    try {
      await this.#rest.get('/api/rtc/ice-servers');
      return undefined;
    } catch (cause) {
      const error = ParleyError.of(cause);
      return error.reason === 'unauthenticated' ? error : undefined;
    }
  }
}

/** Opens at once; `await client.ready` when that matters. */
export function connect(options: ConnectOptions): Client {
  return new Client(options);
}
