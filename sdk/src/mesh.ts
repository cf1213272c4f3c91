import { PASSIVE_OFFER_MS } from './defaults.ts';
import type { ParleyError } from './errors.ts';
import type { LocalMedia, TrackKind } from './local-media.ts';
import type { PeerState } from './peer.ts';
import { Peer } from './peer.ts';
import type { Sample } from './stats.ts';
import { sample } from './stats.ts';
import type { CallKind } from './types.ts';

export type Signal = { description: RTCSessionDescriptionInit } | { candidate: RTCIceCandidateInit };

export interface MeshHooks {
  signal(uid: string, signal: Signal): void;
  track(uid: string, track: MediaStreamTrack): void;
  state(uid: string, state: PeerState): void;
  lost(uid: string): void;
  reachable(): boolean;
  error(error: ParleyError): void;
}

/** The connections of one call: one to each other person who is in it. */
export class Mesh {
  readonly #me: string;
  readonly #kind: CallKind;
  readonly #local: LocalMedia;
  readonly #config: RTCConfiguration;
  readonly #peers = new Map<string, Peer>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  /** What happens before the call listens: it has no id yet, or is about to take its media. */
  #held: ((hooks: MeshHooks) => void)[] = [];
  #hooks: MeshHooks | undefined;

  constructor(me: string, kind: CallKind, local: LocalMedia, iceServers: RTCIceServer[]) {
    this.#me = me;
    this.#kind = kind;
    this.#local = local;
    this.#config = { iceServers };
    local.hooks.track = (of, track) => this.#setTrack(of, track);
  }

  /** From now on the call listens. */
  begin(hooks: MeshHooks): void {
    this.#hooks = hooks;
    for (const happened of this.#held.splice(0)) happened(hooks);
  }

  /** The caller's offer, for the frame that rings. */
  offer(uid: string): Promise<RTCSessionDescriptionInit> {
    return this.#peer(uid).offer();
  }

  /** The callee's answer to it. */
  accept(uid: string, offer: RTCSessionDescriptionInit): Promise<RTCSessionDescriptionInit> {
    return this.#peer(uid).accept(offer);
  }

  /** The server has said that this device is the one: the answer is in force. */
  confirm(): void {
    for (const peer of this.#peers.values()) peer.confirm();
  }

  answered(uid: string, answer: RTCSessionDescriptionInit): void {
    const peer = this.#peer(uid);
    peer.description(answer);
    peer.resendCandidates();
  }

  signal(uid: string, signal: Signal): void {
    const peer = this.#peer(uid);
    if ('description' in signal) {
      this.#stopWaiting(uid);
      peer.description(signal.description);
    } else peer.candidate(signal.candidate);
  }

  /** Who joins later offers to those who are there. */
  connect(uid: string): void {
    const peer = this.#peer(uid);
    if (!peer.negotiating) peer.start();
  }

  /** Somebody joined after us: their offer comes, unless they cannot make one. */
  expect(uid: string): void {
    if (this.#waiting.has(uid) || this.#peer(uid).negotiating) return;
    const offerOurselves = () => {
      this.#waiting.delete(uid);
      this.connect(uid);
    };
    this.#waiting.set(uid, setTimeout(offerOurselves, PASSIVE_OFFER_MS));
  }

  /** Frames may have been lost with a socket: everything is negotiated again. */
  restart(uid: string): void {
    const peer = this.#peer(uid);
    if (peer.negotiating) peer.restart();
    else peer.start();
  }

  drop(uid: string): void {
    this.#stopWaiting(uid);
    this.#peers.get(uid)?.close();
    this.#peers.delete(uid);
  }

  states(): PeerState[] {
    return [...this.#peers.values()].map((peer) => peer.state);
  }

  /** What each connection has carried, and all of them together. */
  async samples(): Promise<{ all: Sample; each: Map<string, Sample> }> {
    const at = Date.now();
    const reports = await Promise.all(
      [...this.#peers].map(async ([uid, peer]) => [uid, [...(await peer.stats()).values()]] as const),
    );
    const each = new Map(reports.map(([uid, records]) => [uid, sample([records], at)]));
    const all = sample(
      reports.map(([, records]) => records),
      at,
    );
    return { all, each };
  }

  close(): void {
    for (const uid of [...this.#peers.keys()]) this.drop(uid);
  }

  #peer(uid: string): Peer {
    const known = this.#peers.get(uid);
    if (known) return known;
    // Both sides compare the same two names, so exactly one of them is polite.
    const peer = new Peer(this.#me < uid, this.#config, {
      tracks: () => ({ audio: this.#local.audioTrack, video: this.#local.videoTrack }),
      stream: () => this.#local.stream ?? new MediaStream(),
      wantsVideo: () => this.#kind === 'video',
      description: (description) => this.#send(uid, { description }),
      candidate: (candidate) => this.#send(uid, { candidate }),
      track: (track) => this.#tell((hooks) => hooks.track(uid, track)),
      state: (state) => this.#tell((hooks) => hooks.state(uid, state)),
      reachable: () => this.#hooks?.reachable() ?? false,
      lost: () => this.#hooks?.lost(uid),
      error: (error) => this.#hooks?.error(error),
    });
    this.#peers.set(uid, peer);
    return peer;
  }

  #send(uid: string, signal: Signal): void {
    this.#tell((hooks) => hooks.signal(uid, signal));
  }

  #tell(happened: (hooks: MeshHooks) => void): void {
    if (this.#hooks) happened(this.#hooks);
    else this.#held.push(happened);
  }

  #setTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    for (const peer of this.#peers.values()) peer.setTrack(kind, track);
  }

  #stopWaiting(uid: string): void {
    clearTimeout(this.#waiting.get(uid));
    this.#waiting.delete(uid);
  }
}
