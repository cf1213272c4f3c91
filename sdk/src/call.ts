import type { CallContext } from './call-context.ts';
import type { AnswerOptions, CallEvents } from './call-events.ts';
import { receive } from './call-frames.ts';
import type { CallInit } from './call-init.ts';
import type { RoomTicket } from './call-room.ts';
import { CallRoom, ticketOf } from './call-room.ts';
import { carriedState } from './carried-state.ts';
import { ParleyError } from './errors.ts';
import type { LocalMedia } from './local-media.ts';
import type { DeviceKind } from './media.ts';
import { MediaReport } from './media-report.ts';
import type { Signal } from './mesh.ts';
import { Mesh } from './mesh.ts';
import type { CallFrame, ClientFrames, SyncedCall, WireLegState, WireParticipant } from './protocol.ts';
import { reasonOfLeg } from './reasons.ts';
import { isPending, putTrack, Roster } from './roster.ts';
import { metricsOf, reportStats, StatsWatch } from './stats-watch.ts';
import { TypedEvents } from './typed-events.ts';
import type { CallKind, CallState, CallStats, EndReason, Participant, Person } from './types.ts';

/** One call of this device: what it is now, what can be done with it, and events when it changes. */
export class Call extends TypedEvents<CallEvents> {
  readonly id: string;
  readonly kind: CallKind;
  readonly direction: 'outgoing' | 'incoming';
  /** The other one; of a group call, the caller or whoever invited. */
  readonly peer: Person;
  groupId?: string;
  /** Somebody in a call that was going on asks one in. */
  readonly invited: boolean;
  readonly createdAt: Date;
  connectedAt?: Date;
  endReason?: EndReason;
  /** @internal */ readonly roster: Roster;
  /** @internal */ phase: 'calling' | 'ringing' | 'incoming' | 'active' | 'ended';
  readonly #context: CallContext;
  readonly #wasGroup: boolean;
  #shown: CallState;
  #local: LocalMedia | undefined;
  #mesh: Mesh | undefined;
  /** Instead of the mesh, once the server carries the call. */
  #room: CallRoom | undefined;
  /** Told while one's own media was not open yet. */
  #ticket: RoomTicket | undefined;
  /** Signals that came before there was a mesh to take them. */
  #early: [string, Signal][] = [];
  #offer: RTCSessionDescriptionInit | undefined;
  /** The answer until the server has confirmed it; repeated if the socket breaks in between. */
  #unconfirmed: ClientFrames['call:answer'] | undefined;
  #answering: Promise<void> | undefined;
  #confirmed: { resolve(): void; reject(error: ParleyError): void } | undefined;
  #wasConnected = false;
  readonly #report: MediaReport;
  readonly #over: EndReason | undefined;
  #watch: StatsWatch | undefined;

  /** @internal */
  constructor(context: CallContext, init: CallInit) {
    super();
    this.#context = context;
    this.id = init.id;
    this.kind = init.kind;
    this.direction = init.direction;
    this.phase = init.phase;
    this.peer = init.peer;
    this.createdAt = init.createdAt;
    if (init.groupId !== undefined) this.groupId = init.groupId;
    this.invited = init.invited ?? false;
    this.#wasGroup = init.isGroup;
    this.#over = init.over;
    this.#offer = init.offer;
    this.roster = new Roster(init.kind === 'video');
    for (const [person, state] of init.others) this.roster.add(person, state);
    this.#report = new MediaReport(init.kind === 'video', (state) =>
      context.send('call:media_state', { callId: this.id, ...state }),
    );
    this.#shown = this.#derive();
    if (init.local) this.#take(init.local, init.mesh);
  }

  get state(): CallState {
    return this.#shown;
  }
  /** More than two people take or took part. */
  get isGroup(): boolean {
    return this.#wasGroup || this.roster.all.size > 1;
  }
  /** The others, by uid. */
  get participants(): ReadonlyMap<string, Participant> {
    return this.roster.all;
  }
  /** What one sends oneself, for the own picture. */
  get localStream(): MediaStream | undefined {
    return this.#local?.stream;
  }
  get muted(): boolean {
    return this.#local?.muted ?? false;
  }
  get videoOn(): boolean {
    return this.#local?.videoOn ?? false;
  }
  get sharing(): boolean {
    return this.#local?.sharing ?? false;
  }
  /** The loudspeaker chosen by `useDevice('audiooutput', ...)`, for the page's media elements. */
  get outputDeviceId(): string | undefined {
    return this.#local?.outputDeviceId;
  }

  /** Takes the call here. Rejects when media is refused (it rings on) or another device was first. */
  answer(options: AnswerOptions = {}): Promise<void> {
    return this.#answerOnce(() => this.#context.openMedia(this.kind, options));
  }

  /** @internal Glare: the media is open already. */
  answerWith(local: LocalMedia): Promise<void> {
    return this.#answerOnce(() => Promise.resolve(local));
  }

  /** Declines; stops the ringing on one's other devices too. */
  async reject(reason = 'rejected'): Promise<void> {
    if (this.phase !== 'incoming') throw ParleyError.conflict('The call does not ring here');
    const sent = this.#context.send('call:reject', { callId: this.id, receiverId: this.peer.uid, reason });
    if (!sent) throw ParleyError.network('There is no connection to the server');
    this.end('rejected');
  }

  /** Leaves, cancels or declines, whichever it is. Works offline: the server hears of it later. */
  async hangUp(reason = 'normal'): Promise<void> {
    if (this.phase === 'ended') return;
    if (this.phase === 'incoming') return this.reject();
    const stats = await this.#watch?.now();
    if (!this.#isOver()) this.leave(reason, stats);
  }

  /** @internal The same at once, for a client that closes. */
  leave(reason = 'normal', stats?: CallStats): void {
    if (this.#over) {
      this.end(this.#over);
      return;
    }
    const before = this.phase;
    const metrics = stats && { metrics: metricsOf(stats) };
    const data = { callId: this.id, receiverId: this.peer.uid, reason, ...metrics };
    if (!this.#context.send('call:hang_up', data)) this.#context.tellLater(this.id, data);
    if (before === 'active') this.end('hung_up');
    else this.end(reason === 'timeout' ? 'missed' : 'cancelled');
  }

  mute = async (on: boolean): Promise<void> => this.#media().mute(on);
  camera = async (on: boolean): Promise<void> => this.#media().camera(on);
  shareScreen = async (on: boolean): Promise<void> => this.#media().share(on);

  /** Takes another microphone, camera or loudspeaker. */
  async useDevice(kind: DeviceKind, deviceId: string): Promise<void> {
    await this.#media().useDevice(kind, deviceId);
    // Behind a shared screen another camera is nobody's news.
    if (kind === 'videoinput' && this.sharing) return;
    this.#context.send('call:media_state', { callId: this.id, device: { type: kind, id: deviceId } });
  }

  /** Asks others in; of those, who can be asked rings. */
  async invite(uids: string[]): Promise<void> {
    const body = { callId: this.id, inviterId: this.#context.me, inviteeIds: uids };
    const { invited } = await this.#context.rest.post<{ invited: string[] }>('/api/v1/rtc/invite', body);
    for (const uid of invited) this.update(uid, { state: 'invited' });
  }

  /** What the connections measured: the totals, and the loss and bitrate of the last seconds. */
  async stats(): Promise<CallStats> {
    const stats = await this.#watch?.now();
    if (!stats) throw ParleyError.unavailable('Nothing is being measured: the call has no media here');
    return stats;
  }

  /** @internal A frame about this call. */
  receive(frame: CallFrame): void {
    if (this.phase !== 'ended') receive(this, this.#context, frame);
  }

  /** @internal Somebody's part changed. */
  update(
    uid: string,
    change: {
      state?: WireLegState;
      muted?: boolean;
      videoOn?: boolean;
      sharing?: boolean | undefined;
      person?: Person | undefined;
    },
  ): void {
    if (uid === this.#context.me) return;
    const isNew = !this.roster.get(uid);
    const who = this.roster.add(change.person ?? this.#context.person(uid), change.state ?? 'invited');
    const before = { ...who };
    who.state = change.state ?? who.state;
    who.muted = change.muted ?? who.muted;
    who.videoOn = change.videoOn ?? who.videoOn;
    who.sharing = who.state === 'joined' && who.videoOn && (change.sharing ?? who.sharing);
    if (who.state !== 'joined' && before.state === 'joined') {
      this.#mesh?.drop(uid);
      delete who.stream;
      this.emit('stream', uid);
    }
    const flags = ['muted', 'videoOn', 'sharing'] as const;
    if (flags.some((flag) => who[flag] !== before[flag])) this.emit('media', uid);
    if (isNew || who.state !== before.state || who.person !== before.person) this.emit('participants');
    this.show();
  }

  /** @internal The group whose call it is, learned later. */
  ofGroup(groupId: string | undefined): void {
    if (groupId === undefined || this.groupId !== undefined) return;
    this.groupId = groupId;
    this.emit('participants');
  }

  /** @internal It is answered, by us or by somebody we called. */
  activate(at = new Date()): void {
    this.connectedAt ??= at;
    if (this.phase === 'ended') return;
    this.phase = 'active';
    this.show();
  }

  /** @internal The server confirmed that this device has the call. */
  confirm(inRoom = false): void {
    this.#unconfirmed = undefined;
    this.activate();
    this.#confirmed?.resolve();
    this.#mesh?.confirm();
    if (!inRoom && !this.#room) for (const uid of this.roster.joined()) this.#mesh?.connect(uid);
    this.#reportMedia();
  }

  /** @internal The server carries it from now on; what there was goes on until media flows there. */
  upgraded(ticket: RoomTicket): void {
    const { rooms, media, rest } = this.#context;
    this.#ticket = ticket;
    // Told again after each reconnection; a room finds back by itself.
    if (this.#room || !this.#local || !media) return;
    if (!rooms) this.#context.error(ParleyError.unavailable('The call goes on in a room'));
    if (!rooms) return;
    this.#room = new CallRoom(rooms, this.#local, {
      track: (uid, track) => this.#arrived(uid, track),
      quality: (uid, quality) => this.#came(uid, quality),
      changed: () => this.show(),
      flowing: () => this.#leaveMesh(),
      ticket: () => ticketOf(rest, this.id),
      error: (error) => this.#context.error(error),
    });
    this.#room.open(ticket);
    this.emit('upgraded');
  }

  /** @internal The answer waits for the server's word. */
  get unconfirmed(): boolean {
    return this.#unconfirmed !== undefined;
  }

  /** @internal The server would not take the answer: it rings on. */
  answerRefused(error: ParleyError): void {
    this.#unconfirmed = undefined;
    this.#watch?.close();
    this.#mesh?.close();
    this.#mesh = undefined;
    this.#local?.close();
    this.#local = undefined;
    this.phase = 'incoming';
    this.show();
    this.#confirmed?.reject(error);
  }

  /** @internal Somebody we called has answered, or somebody came in later. */
  joined(uid: string, answer?: RTCSessionDescriptionInit): void {
    if (this.#room) return;
    if (answer) this.#mesh?.answered(uid, answer);
    else this.#mesh?.expect(uid);
  }

  /** @internal */
  signal(uid: string, signal: Signal): void {
    if (this.#room && !this.#mesh) return;
    // Whoever begins anew does not know what the picture is.
    if ('description' in signal && signal.description.type === 'offer' && this.#local) {
      this.#report.repeat(this.#local);
    }
    if (this.#mesh) this.#mesh.signal(uid, signal);
    else this.#early.push([uid, signal]);
  }

  /** @internal It is offered again, to a socket that came back. */
  offered(offer: RTCSessionDescriptionInit | undefined): void {
    if (this.phase === 'incoming') this.#offer = offer;
  }

  /** @internal What the server says of it after a socket came back. */
  sync(entry: SyncedCall, me: WireParticipant, connectedAt: Date | undefined): void {
    const mine = me.state;
    for (const { uid, ...rest } of entry.participants) this.update(uid, rest);
    if (this.phase === 'incoming') {
      if (!isPending(mine)) this.end(mine === 'joined' ? 'answered_elsewhere' : reasonOfLeg(mine));
      return;
    }
    if (isPending(mine)) {
      if (this.#unconfirmed) this.#context.send('call:answer', this.#unconfirmed);
      return;
    }
    if (entry.state === 'ringing' && this.phase === 'calling') this.phase = 'ringing';
    if (entry.state === 'connected') {
      this.activate(connectedAt);
      if (this.#confirmed) this.confirm(entry.media === 'sfu');
      if (!this.#room) for (const uid of this.roster.joined()) this.#mesh?.restart(uid);
    }
    this.#report.heard(me);
    this.#reportMedia();
    this.show();
  }

  /** @internal Own device and media are ready: a call taken up again after a reload. */
  resume(local: LocalMedia, mesh: Mesh | undefined): void {
    if (this.phase === 'ended') {
      mesh?.close();
      local.close();
      return;
    }
    this.#take(local, mesh);
    for (const uid of this.roster.joined()) mesh?.connect(uid);
    // What the page before this one was sending is not what this one sends.
    this.#report.heard(undefined);
    this.#reportMedia();
    this.emit('local');
  }

  /** @internal Over, here and now. Idempotent. */
  end(reason: EndReason): void {
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    this.endReason = reason;
    void this.#measureAndClose();
    this.#local?.close();
    this.show();
    this.#confirmed?.reject(ParleyError.conflict(`The call is over: ${reason}`, { callId: this.id }));
    this.#context.ended(this);
    this.emit('ended', reason);
  }

  /** @internal Tells listeners if the state they see is another now. */
  show(): void {
    const state = this.#derive();
    if (state === this.#shown) return;
    this.#shown = state;
    if (state === 'connected') this.#wasConnected = true;
    this.emit('state', state);
  }

  #derive(): CallState {
    if (this.phase !== 'active') return this.phase;
    if (!this.#context.media) return this.#context.online() ? 'connected' : 'reconnecting';
    return carriedState(this.#room?.state, this.#mesh?.states() ?? [], this.#wasConnected);
  }

  #answerOnce(open: () => Promise<LocalMedia>): Promise<void> {
    this.#answering ??= this.#answer(open).finally(() => {
      this.#answering = undefined;
    });
    return this.#answering;
  }

  async #answer(open: () => Promise<LocalMedia>): Promise<void> {
    if (this.phase !== 'incoming') throw ParleyError.conflict('The call does not ring here');
    if (this.#offer && !this.#context.media) {
      throw ParleyError.unavailable('The caller offers media, which this client does not carry');
    }
    const local = await open();
    let mesh: Mesh | undefined;
    try {
      mesh = this.#context.media ? await this.#makeMesh(local) : undefined;
      const data: ClientFrames['call:answer'] = { callId: this.id, receiverId: this.peer.uid };
      if (mesh && this.#offer) data.answer = await mesh.accept(this.peer.uid, this.#offer);
      if (this.#isOver()) throw ParleyError.conflict(`The call is over: ${this.endReason}`);
      if (!this.#context.send('call:answer', data)) {
        throw ParleyError.network('There is no connection to the server');
      }
      this.#unconfirmed = data;
    } catch (error) {
      mesh?.close();
      local.close();
      throw error;
    }
    this.phase = 'active';
    const confirmed = new Promise<void>((resolve, reject) => {
      this.#confirmed = { resolve, reject };
    });
    this.#take(local, mesh);
    this.emit('local');
    this.show();
    await confirmed.finally(() => {
      this.#confirmed = undefined;
    });
  }

  async #makeMesh(local: LocalMedia): Promise<Mesh> {
    return new Mesh(this.#context.me, this.kind, local, await this.#context.iceServers());
  }

  #take(local: LocalMedia, mesh: Mesh | undefined): void {
    this.#local = local;
    this.#mesh = mesh;
    local.hooks.changed = () => {
      this.#reportMedia();
      this.emit('local');
    };
    if (this.#ticket) this.upgraded(this.#ticket);
    if (!mesh) return;
    mesh.begin({
      signal: (uid, signal) => this.#send(uid, signal),
      track: (uid, track) => this.#arrived(uid, track),
      state: (uid, state) => this.#peerChanged(uid, state),
      lost: () => this.#mediaLost(),
      reachable: () => this.#context.online(),
      error: (error) => this.#context.error(error),
    });
    for (const [uid, signal] of this.#early.splice(0)) mesh.signal(uid, signal);
    this.#watch = new StatsWatch(mesh, (uid, quality) => {
      if (!this.#room) this.#came(uid, quality);
    });
  }

  #came(uid: string, quality: Participant['quality']): void {
    const who = this.roster.get(uid);
    if (!who || who.quality === quality) return;
    who.quality = quality;
    this.emit('quality', uid);
  }

  /** Media flows through the room: the connections from before go, unseen. */
  #leaveMesh(): void {
    this.#watch?.close();
    // What it measured last is of before: no number of now, nor of how the call was.
    this.#watch = undefined;
    this.#mesh?.close();
    this.#mesh = undefined;
    this.show();
  }

  /** Frames sent while there is no socket are not kept: everything is negotiated anew after it. */
  #send(uid: string, signal: Signal): void {
    const data = { callId: this.id, receiverId: uid, ...signal };
    if ('candidate' in data && !this.isGroup) this.#context.send('call:ice_candidate', data);
    else this.#context.send('call:signal', data);
  }

  #arrived(uid: string, track: MediaStreamTrack): void {
    // Whoever is heard in the room is in the call, whatever else was told already.
    const who = this.roster.get(uid) ?? (this.#room && this.roster.add(this.#context.person(uid), 'joined'));
    if (!who) return;
    putTrack(who, track);
    this.emit('stream', uid);
  }

  #peerChanged(uid: string, state: 'new' | 'connected' | 'broken'): void {
    this.#watch?.stateChanged(uid, state);
    this.show();
  }

  #mediaLost(): void {
    // In a group the others may still hear us; with one other person nothing is left.
    if (this.isGroup || this.#room || this.phase !== 'active') return;
    const data = { callId: this.id, receiverId: this.peer.uid, reason: 'error' };
    if (!this.#context.send('call:hang_up', data)) this.#context.tellLater(this.id, data);
    this.end('lost');
  }

  #reportMedia(): void {
    if (this.#local && this.phase !== 'ended' && !this.#unconfirmed) this.#report.tell(this.#local);
  }

  #media(): LocalMedia {
    if (!this.#local || this.phase === 'ended') throw ParleyError.conflict('The call is not taken here');
    return this.#local;
  }

  #isOver(): boolean {
    return this.phase === 'ended';
  }

  /** The last measurement is taken while the connections still stand, and reported. */
  async #measureAndClose(): Promise<void> {
    this.#room?.close();
    this.#watch?.close();
    const stats = await this.#watch?.now();
    this.#mesh?.close();
    if (!stats) return;
    await reportStats(this.#context.rest, this.id, stats).catch((cause: unknown) =>
      this.#context.error(ParleyError.of(cause)),
    );
  }
}
