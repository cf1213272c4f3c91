import type { types } from 'mediasoup';
import type { Candidates } from './candidates.ts';
import { notSdp } from './sdp/lines.ts';
import type { Fingerprint, LocalTransport } from './sdp/types.ts';
import type { PeerEvents } from './types.ts';

/**
 * How long TCP candidates wait for UDP to connect, from when both sides have the other's description.
 * Told too early they wake nobody: longer than a busy machine takes, and than a pion client's tick of 200 ms.
 */
const UDP_FIRST_MS = 250;
/** And how long after it has: told while the answer to its check is still on the way, they wake a pion client in vain. */
const CHECKED_MS = 1;

type State = Parameters<PeerEvents['state']>[1];

/** One of a client's two connections: ICE and DTLS of one mediasoup transport. */
export class Connection {
  readonly transport: types.WebRtcTransport;
  readonly #candidates: Candidates;
  readonly #target: 0 | 1;
  readonly #events: Pick<PeerEvents, 'state' | 'candidate'>;
  #fingerprint: string | undefined;
  #state: State | undefined;
  #told = false;
  #tellsAfter: NodeJS.Timeout | undefined;
  #firstMid: string | undefined;

  constructor(
    transport: types.WebRtcTransport,
    candidates: Candidates,
    target: 0 | 1,
    events: Pick<PeerEvents, 'state' | 'candidate'>,
  ) {
    this.transport = transport;
    this.#candidates = candidates;
    this.#target = target;
    this.#events = events;
    transport.on('icestatechange', (state) => this.#ice(state));
    transport.on('dtlsstatechange', (state) => this.#dtls(state));
    transport.observer.on('close', () => clearTimeout(this.#tellsAfter));
  }

  get connected(): boolean {
    return this.#state === 'connected';
  }

  /** For a description that is about to be written. */
  local(): LocalTransport {
    const { iceParameters, dtlsParameters } = this.transport;
    const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
    return {
      ufrag: iceParameters.usernameFragment,
      password: iceParameters.password,
      fingerprint: { algorithm: 'sha-256', value: fingerprint?.value ?? '' },
      candidates: this.#told ? [...this.#candidates.udp, ...this.#candidates.tcp] : this.#candidates.udp,
      complete: this.#told,
    };
  }

  /**
   * A description has been written whose bundle begins with this section. TCP follows once UDP works,
   * or does not soon: a pion client waits for its next tick unless a new candidate wakes it.
   */
  described(firstMid: string): void {
    this.#firstMid = firstMid;
    this.#tellSoon();
  }

  /** Once; the client is to be the same from then on. `role` is its part in DTLS. */
  async connect(fingerprint: Fingerprint | undefined, role: 'client' | 'server'): Promise<void> {
    const said = fingerprint && `${fingerprint.algorithm} ${fingerprint.value}`;
    if (this.#fingerprint !== undefined) {
      if (said !== undefined && said !== this.#fingerprint) throw notSdp();
      return;
    }
    if (fingerprint === undefined) throw notSdp();
    this.#fingerprint = said;
    this.#tellSoon();
    await this.transport.connect({ dtlsParameters: { role, fingerprints: [fingerprint] } });
  }

  /** New credentials; what is connected stays so until the client comes with them. */
  async restart(): Promise<void> {
    await this.transport.restartIce();
  }

  #ice(state: types.IceState): void {
    if (this.#isReached(state)) {
      if (this.#firstMid !== undefined) this.#tellAfter(CHECKED_MS);
      if (this.transport.dtlsState === 'connected') this.#become('connected');
    } else if (state === 'disconnected') this.#become('disconnected');
  }

  #dtls(state: types.DtlsState): void {
    if (state === 'connected') this.#become('connected');
    else if (state === 'failed' || state === 'closed') this.#become(state);
  }

  #isReached(state: types.IceState): boolean {
    return state === 'connected' || state === 'completed';
  }

  #become(state: State): void {
    if (this.#state === state || this.transport.closed) return;
    this.#state = state;
    this.#events.state(this.#target, state);
  }

  #tellSoon(): void {
    if (this.#firstMid === undefined || this.#fingerprint === undefined) return;
    if (this.#tellsAfter === undefined) this.#tellAfter(UDP_FIRST_MS);
  }

  #tellAfter(ms: number): void {
    if (this.#told) return;
    clearTimeout(this.#tellsAfter);
    this.#tellsAfter = setTimeout(() => this.#tell(), ms);
  }

  #tell(): void {
    if (this.#told || this.#firstMid === undefined || this.transport.closed) return;
    this.#told = true;
    for (const candidate of this.#candidates.tcp)
      this.#events.candidate(this.#target, { candidate, sdpMid: this.#firstMid, sdpMLineIndex: 0 });
  }
}
