import { Call } from './call.ts';
import type { CallContext } from './call-context.ts';
import type { CallInit } from './call-init.ts';
import { ParleyError } from './errors.ts';
import { learnPeople } from './learn-people.ts';
import type { LocalMedia } from './local-media.ts';
import { Mesh } from './mesh.ts';
import { placeGroup, placeOne } from './place.ts';
import type {
  CallFrame,
  ClientFrames,
  OfferData,
  ServerFrame,
  ServerFrames,
  SyncedCall,
} from './protocol.ts';
import type { CallOptions } from './types.ts';
import { Waiting } from './waiting.ts';

export interface CallsHooks {
  /** Any call that appeared here, own or not. */
  appeared(call: Call): void;
  /** One that rings here. */
  incoming(call: Call): void;
}

/** The context of calls without what `Calls` itself supplies. */
export type CallsContext = Omit<CallContext, 'tellLater' | 'ended'> & {
  /** Before a reload of the page this device was in that call. */
  wasIn(callId: string): boolean;
};

const isAboutCall = (frame: ServerFrame): frame is CallFrame =>
  frame.type.startsWith('call:') && typeof (frame.data as { callId?: unknown }).callId === 'string';

/** The live calls of a client: makes them, hands frames to them, mends them after a reconnection. */
export class Calls {
  readonly live = new Map<string, Call>();
  readonly #context: CallContext;
  readonly #wasIn: (callId: string) => boolean;
  readonly #hooks: CallsHooks;
  readonly #waiting = new Waiting();
  /** Ended here while offline. */
  readonly #untold = new Map<string, ClientFrames['call:hang_up']>();
  /** Being come into, with the media for it. */
  readonly #joining = new Map<string, LocalMedia>();
  /** The calls that were known when `call:sync` was sent: only of those can the answer say "gone". */
  #asked: ReadonlySet<string> = new Set();

  constructor(context: CallsContext, hooks: CallsHooks) {
    this.#hooks = hooks;
    this.#wasIn = (callId) => context.wasIn(callId);
    this.#context = Object.assign(context, {
      tellLater: (callId: string, data: ClientFrames['call:hang_up']) => {
        this.#untold.set(callId, data);
      },
      ended: (call: Call) => {
        this.live.delete(call.id);
      },
    });
  }

  /** Calls somebody, or several. */
  async place(uids: readonly string[], options: CallOptions): Promise<Call> {
    const others = [...new Set(uids)].filter((uid) => uid !== this.#context.me);
    const [first] = others;
    if (first === undefined) throw ParleyError.invalid('There is nobody to call');
    const kind = options.video ? 'video' : 'audio';
    const local = await this.#context.openMedia(kind, options);
    try {
      const release = this.#waiting.open(others);
      try {
        const request = { kind, local, others, groupId: options.groupId } as const;
        const isGroup = others.length > 1 || options.groupId !== undefined;
        const placed = isGroup
          ? await placeGroup(this.#context, request)
          : await placeOne(this.#context, request, this.#waiting);
        const call = this.#appear(placed.init, placed.frames);
        const { over } = placed.init;
        // A call that ended at once ends after whoever asked for it has had time to listen.
        if (over) setTimeout(() => call.end(over));
        for (const frame of this.#waiting.takeHeld(call.id)) call.receive(frame);
        // What happened between the request and its answer, and binds this device to its part.
        if (isGroup && !over) this.sync();
        return call;
      } catch (cause) {
        const error = ParleyError.of(cause);
        const callId = error.reason === 'conflict' ? error.details?.callId : undefined;
        if (callId === undefined) throw error;
        return await this.#meet(callId, others, local, error);
      } finally {
        release();
        this.#announceHeldBack();
      }
    } catch (error) {
      local.close();
      throw error;
    }
  }

  /** Comes into a call that goes on: back after it was lost, or as a member of its group. */
  async join(callId: string, options: CallOptions): Promise<Call> {
    const known = this.live.get(callId);
    if (known && known.phase !== 'incoming') return known;
    const local = await this.#context.openMedia(options.video ? 'video' : 'audio', options);
    try {
      if (known) {
        await known.answerWith(local);
        return known;
      }
      const { me, rest } = this.#context;
      await rest.post('/api/v1/rtc/join', { callId, userId: me });
      this.#joining.set(callId, local);
      const appears = this.#waiting.callOf(callId);
      this.sync();
      const call = await appears;
      if (call) return call;
      this.#untold.set(callId, { callId, receiverId: me, reason: 'error' });
      throw ParleyError.network('The server says nothing about the call');
    } catch (error) {
      local.close();
      throw error;
    } finally {
      this.#joining.delete(callId);
    }
  }

  receive(frame: ServerFrame): void {
    if (frame.type === 'call:sync') this.#synced(frame.data);
    else if (frame.type === 'error') this.#refused(frame.data);
    else if (this.#waiting.take(frame, this.live) || !isAboutCall(frame)) return;
    else this.#deliver(frame);
  }

  #deliver(frame: CallFrame): void {
    const call = this.live.get(frame.data.callId);
    if (call) call.receive(frame);
    else if (frame.type === 'call:offer') this.#rings(frame.data);
    else this.#waiting.hold(frame);
  }

  /** Asks what is live; everything here is held to the answer. */
  sync(): void {
    if (this.#context.send('call:sync', {})) this.#asked = new Set(this.live.keys());
  }

  /** The socket went or came: calls without media show it. */
  connectionChanged(): void {
    for (const call of this.live.values()) call.show();
  }

  /** The client closes: what it is in is left. */
  close(): void {
    for (const call of [...this.live.values()]) {
      if (call.phase === 'incoming') call.end('lost');
      else call.leave();
    }
  }

  #rings(data: OfferData): void {
    const unsent = this.#untold.get(data.callId);
    if (unsent) {
      this.#tell(data.callId, unsent);
      return;
    }
    const peer = this.#context.meet(data.senderId, data.senderInfo);
    const call = this.#appear({
      id: data.callId,
      kind: data.callType,
      direction: 'incoming',
      phase: 'incoming',
      peer,
      others: [[peer, 'joined']],
      isGroup: data.invited === true || data.groupId !== undefined,
      groupId: data.groupId,
      invited: data.invited === true,
      createdAt: new Date(),
      offer: data.offer,
    });
    if (!data.offer) this.#learnNames(call);
    // We are calling the same person: whether the two calls meet is known in a moment.
    if (!this.#waiting.meets(call)) this.#hooks.incoming(call);
  }

  #appear(init: CallInit, frames: readonly CallFrame[] = []): Call {
    const call = new Call(this.#context, init);
    this.live.set(call.id, call);
    this.#waiting.appeared(call);
    this.#hooks.appeared(call);
    for (const frame of frames) call.receive(frame);
    return call;
  }

  /** Glare: they called us first, so their call is taken. */
  async #meet(callId: string, others: string[], local: LocalMedia, conflict: ParleyError): Promise<Call> {
    const call = this.live.get(callId) ?? (await this.#waiting.callOf(callId));
    const isTheirs = call?.phase === 'incoming' && others.includes(call.peer.uid);
    if (!call || !isTheirs) throw conflict;
    this.#waiting.forget(call);
    await call.answerWith(local);
    return call;
  }

  #announceHeldBack(): void {
    for (const call of this.#waiting.heldBack()) {
      if (call.phase === 'incoming') this.#hooks.incoming(call);
    }
  }

  #refused({ code, message, callId }: ServerFrames['error']): void {
    if (this.#waiting.refuse(code, message, callId)) return;
    const call =
      callId === undefined
        ? [...this.live.values()].find(({ unconfirmed }) => unconfirmed)
        : this.live.get(callId);
    // A conflict is followed by the `call:hang_up` that says how the call ended.
    if (code === 409) return;
    const error = ParleyError.status(code, message, callId ? { callId } : {});
    if (call && code === 404) call.end('lost');
    else if (call?.unconfirmed) call.answerRefused(error);
    else this.#context.error(error);
  }

  #synced({ calls, timestamp }: ServerFrames['call:sync']): void {
    const skew = Date.now() - Date.parse(timestamp);
    const listed = new Set(calls.map(({ callId }) => callId));
    for (const id of this.#asked) {
      if (!listed.has(id)) this.live.get(id)?.end('lost');
    }
    for (const id of [...this.#untold.keys()]) if (!listed.has(id)) this.#untold.delete(id);
    for (const entry of calls) {
      const untold = this.#untold.get(entry.callId);
      if (untold) {
        this.#tell(entry.callId, untold);
        continue;
      }
      const mine = entry.participants.find(({ uid }) => uid === this.#context.me);
      const call = this.live.get(entry.callId);
      const connectedAt = entry.connectedAt ? new Date(Date.parse(entry.connectedAt) + skew) : undefined;
      if (call && mine) call.sync(entry, mine, connectedAt);
      else if (!call && mine?.state === 'joined') {
        const local = this.#joining.get(entry.callId);
        if (local || this.#wasIn(entry.callId)) void this.#resume(entry, connectedAt, local);
      }
    }
    this.#asked = new Set();
  }

  /** A call that goes on without connections of this page: reloaded, or come back to. */
  async #resume(entry: SyncedCall, connectedAt: Date | undefined, given: LocalMedia | undefined) {
    const { me, media } = this.#context;
    const others = entry.participants.filter(({ uid }) => uid !== me);
    const peerUid = entry.callerId === me ? others[0]?.uid : entry.callerId;
    if (peerUid === undefined) return;
    const call = this.#appear({
      id: entry.callId,
      kind: entry.callType,
      direction: entry.callerId === me ? 'outgoing' : 'incoming',
      phase: entry.state === 'connected' ? 'active' : entry.state,
      peer: this.#context.person(peerUid),
      others: others.map(({ uid, state }) => [this.#context.person(uid), state]),
      isGroup: others.length > 1,
      createdAt: new Date(entry.createdAt),
    });
    if (connectedAt) call.connectedAt = connectedAt;
    for (const { uid, ...rest } of others) call.update(uid, rest);
    this.#learnNames(call);
    const wasOn = entry.participants.find(({ uid }) => uid === me)?.videoOn ?? true;
    let local = given;
    try {
      local ??= await this.#context.openMedia(call.kind, { video: wasOn && call.kind === 'video' });
      const peers = media && entry.media !== 'sfu';
      const mesh = peers ? new Mesh(me, call.kind, local, await this.#context.iceServers()) : undefined;
      call.resume(local, mesh);
    } catch (cause) {
      local?.close();
      this.#context.error(ParleyError.of(cause));
      await call.hangUp('media_error');
    }
  }

  #tell(callId: string, data: ClientFrames['call:hang_up']): void {
    if (this.#context.send('call:hang_up', data)) this.#untold.delete(callId);
  }

  #learnNames(call: Call): void {
    learnPeople(call, this.#context).catch((cause: unknown) => this.#context.error(ParleyError.of(cause)));
  }
}
