import { DISCONNECTED_RESTART_MS, MEDIA_LOST_MS, RESTART_INTERVAL_MS } from './defaults.ts';
import { ParleyError } from './errors.ts';
import type { TrackKind } from './local-media.ts';
import { sessionOf } from './sdp.ts';

export type PeerState = 'new' | 'connected' | 'broken';

export interface PeerHooks {
  /** What we send now; asked when a connection is made. */
  tracks(): Record<TrackKind, MediaStreamTrack | null>;
  stream(): MediaStream;
  /** A video line belongs into the first offer even without a picture to send. */
  wantsVideo(): boolean;
  description(description: RTCSessionDescriptionInit): void;
  candidate(candidate: RTCIceCandidateInit): void;
  track(track: MediaStreamTrack): void;
  state(state: PeerState): void;
  /** The other side can be signalled to. */
  reachable(): boolean;
  lost(): void;
  error(error: ParleyError): void;
}

/**
 * One connection to one person: the specification's perfect negotiation, with every step in one
 * queue, so that an offer never overtakes an answer. `polite` gives way when two offers cross.
 */
export class Peer {
  readonly #polite: boolean;
  readonly #config: RTCConfiguration;
  readonly #hooks: PeerHooks;
  #pc: RTCPeerConnection;
  #queue: Promise<void> = Promise.resolve();
  /** Candidates that came before the description they belong to. */
  #early: RTCIceCandidateInit[] = [];
  #gathered: RTCIceCandidateInit[] = [];
  readonly #senders = new Map<TrackKind, RTCRtpSender>();
  #attached = false;
  #remoteSession: string | undefined;
  /** An answer that has been given and is not in force yet. */
  #unapplied: RTCSessionDescriptionInit | undefined;
  #state: PeerState = 'new';
  #brokenAt = 0;
  #restartTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(polite: boolean, config: RTCConfiguration, hooks: PeerHooks) {
    this.#polite = polite;
    this.#config = config;
    this.#hooks = hooks;
    this.#pc = this.#open();
  }

  get state(): PeerState {
    return this.#state;
  }
  /** An offer went out or came in. */
  get negotiating(): boolean {
    return this.#attached;
  }

  /** The first offer, for a caller who carries it to the other side in a frame of its own. */
  offer(): Promise<RTCSessionDescriptionInit> {
    return this.#step(async () => {
      this.#attach();
      await this.#pc.setLocalDescription();
      return this.#local();
    });
  }

  /**
   * Likewise the first answer. It is in force once `confirm` is called: if two devices of one person reached for
   * the caller's connection at the same moment, the one that lost could get through first.
   */
  accept(offer: RTCSessionDescriptionInit): Promise<RTCSessionDescriptionInit> {
    return this.#step(async () => {
      await this.#take(offer);
      const answer = await this.#pc.createAnswer();
      this.#unapplied = answer;
      return { type: answer.type, sdp: answer.sdp ?? '' };
    });
  }

  confirm(): void {
    this.#run(async () => {
      const answer = this.#unapplied;
      if (!answer) return;
      this.#unapplied = undefined;
      await this.#pc.setLocalDescription(answer);
      await this.#flush();
    });
  }

  /** Offers by the usual way. */
  start(): void {
    this.#run(async () => {
      this.#attach();
      await this.#pc.setLocalDescription();
      this.#hooks.description(this.#local());
    });
  }

  /** What the other side offers or answers. */
  description(description: RTCSessionDescriptionInit): void {
    this.#run(async () => {
      if (description.type === 'offer') await this.#offered(description);
      else await this.#answered(description);
    });
  }

  candidate(candidate: RTCIceCandidateInit): void {
    this.#run(async () => {
      if (this.#pc.remoteDescription) await this.#add(candidate);
      else this.#early.push(candidate);
    });
  }

  /** New candidates and keys, after a failure or when frames may have been lost. */
  restart(): void {
    if (!this.#attached) return;
    this.#run(async () => {
      this.#pc.restartIce();
      await this.#pc.setLocalDescription();
      this.#hooks.description(this.#local());
    });
  }

  /** For somebody whose device came late: it missed what was sent while others rang. */
  resendCandidates(): void {
    for (const candidate of this.#gathered) this.#hooks.candidate(candidate);
  }

  setTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    this.#run(async () => {
      if (!this.#attached) return;
      const sender = this.#senders.get(kind);
      if (!sender) {
        if (track) this.#senders.set(kind, this.#pc.addTrack(track, this.#hooks.stream()));
        return;
      }
      await sender.replaceTrack(track);
      const transceiver = this.#pc.getTransceivers().find((t) => t.sender === sender);
      if (track && transceiver?.direction === 'recvonly') transceiver.direction = 'sendrecv';
    });
  }

  stats(): Promise<RTCStatsReport> {
    return this.#pc.getStats();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#restartTimer);
    this.#pc.close();
  }

  #open(): RTCPeerConnection {
    const pc = new RTCPeerConnection(this.#config);
    const current = () => pc === this.#pc && !this.#closed;
    pc.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate || !current()) return;
      const init = candidate.toJSON();
      this.#gathered.push(init);
      this.#hooks.candidate(init);
    };
    pc.ontrack = ({ track }) => {
      if (current()) this.#hooks.track(track);
    };
    pc.onconnectionstatechange = () => {
      if (current()) this.#connectionChanged(pc.connectionState);
    };
    pc.onnegotiationneeded = () => {
      this.#run(async () => {
        // In any other state the browser asks again once it is stable.
        if (!current() || pc.signalingState !== 'stable') return;
        await pc.setLocalDescription();
        this.#hooks.description(this.#local());
      });
    };
    return pc;
  }

  /** The other side began anew (its page was reloaded): so do we. */
  #renew(): void {
    this.#pc.close();
    this.#senders.clear();
    this.#early = [];
    this.#gathered = [];
    this.#attached = false;
    this.#remoteSession = undefined;
    this.#unapplied = undefined;
    this.#pc = this.#open();
  }

  async #offered(offer: RTCSessionDescriptionInit): Promise<void> {
    if (this.#isOtherSession(offer)) this.#renew();
    if (this.#pc.signalingState !== 'stable' && !this.#polite) {
      // Theirs is ignored. They must give way to ours, which may have been lost with a socket: again.
      if (this.#pc.localDescription?.type === 'offer') this.#hooks.description(this.#local());
      return;
    }
    this.#hooks.description(await this.#answer(offer));
  }

  async #answer(offer: RTCSessionDescriptionInit): Promise<RTCSessionDescriptionInit> {
    await this.#take(offer);
    await this.#pc.setLocalDescription();
    await this.#flush();
    return this.#local();
  }

  async #take(offer: RTCSessionDescriptionInit): Promise<void> {
    this.#unapplied = undefined;
    // Rolls our own offer back where there is one.
    await this.#pc.setRemoteDescription(offer);
    this.#remoteSession = sessionOf(offer);
    this.#attach();
  }

  async #answered(answer: RTCSessionDescriptionInit): Promise<void> {
    if (this.#isOtherSession(answer)) {
      this.#renew();
      this.#attach();
      await this.#pc.setLocalDescription();
      this.#hooks.description(this.#local());
      return;
    }
    // An answer to an offer that was repeated or rolled back.
    if (this.#pc.signalingState !== 'have-local-offer') return;
    await this.#pc.setRemoteDescription(answer);
    this.#remoteSession = sessionOf(answer);
    await this.#flush();
  }

  #isOtherSession(description: RTCSessionDescriptionInit): boolean {
    const session = sessionOf(description);
    return session !== undefined && this.#remoteSession !== undefined && session !== this.#remoteSession;
  }

  /** Our tracks, once per connection. After an offer was taken they go into its lines. */
  #attach(): void {
    if (this.#attached) return;
    this.#attached = true;
    const tracks = this.#hooks.tracks();
    for (const kind of ['audio', 'video'] as const) {
      const track = tracks[kind];
      if (track) this.#senders.set(kind, this.#pc.addTrack(track, this.#hooks.stream()));
      else this.#attachNothing(kind);
    }
  }

  #attachNothing(kind: TrackKind): void {
    const offered = this.#pc.getTransceivers().find((t) => t.receiver.track.kind === kind);
    if (offered) this.#senders.set(kind, offered.sender);
    else if (!this.#pc.remoteDescription && (kind === 'audio' || this.#hooks.wantsVideo())) {
      this.#senders.set(kind, this.#pc.addTransceiver(kind, { direction: 'recvonly' }).sender);
    }
  }

  async #flush(): Promise<void> {
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
  }

  async #add(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.#pc.addIceCandidate(candidate);
    } catch {
      // Of an offer that was ignored, or of a generation that a restart has ended. Whether the
      // connection stands is told by its state, not by single candidates.
    }
  }

  #connectionChanged(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.#brokenAt = 0;
      clearTimeout(this.#restartTimer);
      this.#restartTimer = undefined;
      this.#become('connected');
    } else if (state === 'disconnected' || state === 'failed') {
      this.#brokenAt ||= Date.now();
      this.#become('broken');
      if (state === 'failed') this.#heal(0);
      else if (!this.#restartTimer) this.#heal(DISCONNECTED_RESTART_MS);
    }
  }

  /** Restarts until it stands again; without a socket that is left to the reconnection. */
  #heal(delay: number): void {
    clearTimeout(this.#restartTimer);
    this.#restartTimer = setTimeout(() => {
      if (this.#closed || this.#brokenAt === 0) return;
      if (!this.#hooks.reachable()) this.#brokenAt = Date.now();
      else if (Date.now() - this.#brokenAt >= MEDIA_LOST_MS) {
        this.#hooks.lost();
        return;
      } else this.restart();
      this.#heal(RESTART_INTERVAL_MS);
    }, delay);
  }

  #become(state: PeerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#hooks.state(state);
  }

  #local(): RTCSessionDescriptionInit {
    const description = this.#pc.localDescription;
    if (!description) throw ParleyError.internal('There is no local description');
    return { type: description.type, sdp: description.sdp };
  }

  #run(work: () => Promise<void>): void {
    this.#step(work).catch((cause: unknown) => {
      if (!this.#closed) this.#hooks.error(ParleyError.of(cause));
    });
  }

  #step<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(() => {
      if (this.#closed) throw ParleyError.conflict('The call is over');
      return work();
    });
    // The queue goes on after a failure; `result` carries it to whoever asked.
    this.#queue = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}
