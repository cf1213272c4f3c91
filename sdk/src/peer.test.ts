import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeerState } from './peer.ts';
import { Peer } from './peer.ts';

/** What a browser's connection does with descriptions, without any network behind it. */
class Connection {
  static made: Connection[] = [];
  signalingState = 'stable';
  connectionState = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  added: RTCIceCandidateInit[] = [];
  closed = false;
  restarts = 0;
  onconnectionstatechange: () => void = () => undefined;
  onicecandidate: (event: unknown) => void = () => undefined;
  onnegotiationneeded: () => void = () => undefined;
  #version = 0;

  constructor() {
    Connection.made.push(this);
  }
  async setLocalDescription() {
    const isAnswer = this.signalingState === 'have-remote-offer';
    this.localDescription = describedBy(`ours${++this.#version}`, isAnswer ? 'answer' : 'offer', 1);
    this.signalingState = isAnswer ? 'stable' : 'have-local-offer';
  }
  async setRemoteDescription(description: RTCSessionDescriptionInit) {
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer') {
      throw new Error(`an answer in ${this.signalingState}`);
    }
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
  }
  async addIceCandidate(candidate: RTCIceCandidateInit) {
    if (!this.remoteDescription) throw new Error('a candidate before the description');
    this.added.push(candidate);
  }
  getTransceivers = () => [];
  addTransceiver = () => ({ sender: {} });
  restartIce = () => this.restarts++;
  close() {
    this.closed = true;
  }
  becomes(state: string) {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
}

const describedBy = (name: string, type: 'offer' | 'answer', session = 7): RTCSessionDescriptionInit => ({
  type,
  sdp: `v=0\r\no=${name} ${session} 1 IN IP4 127.0.0.1\r\n`,
});

let sent: RTCSessionDescriptionInit[];
let candidates: RTCIceCandidateInit[];
let states: PeerState[];
let lost: number;
let reachable: boolean;
let errors: Error[];

function peer(polite: boolean): Peer {
  return new Peer(
    polite,
    {},
    {
      tracks: () => ({ audio: null, video: null }),
      stream: () => ({}) as MediaStream,
      wantsVideo: () => false,
      description: (description) => sent.push(description),
      candidate: (candidate) => candidates.push(candidate),
      track: () => undefined,
      state: (state) => states.push(state),
      reachable: () => reachable,
      lost: () => lost++,
      error: (error) => errors.push(error),
    },
  );
}
const connection = () => Connection.made.at(-1) as Connection;
/** Everything that was queued has been done. */
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('RTCPeerConnection', Connection);
  Connection.made = [];
  sent = [];
  candidates = [];
  states = [];
  errors = [];
  lost = 0;
  reachable = true;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  expect(errors).toEqual([]);
});

describe('when offers cross', () => {
  it('the polite side gives way and answers', async () => {
    const one = peer(true);
    one.start();
    one.description(describedBy('theirs', 'offer'));
    await settle();
    expect(sent.map(({ type }) => type)).toEqual(['offer', 'answer']);
    expect(connection().signalingState).toBe('stable');
  });

  it('the impolite side keeps its own and sends it again, and takes the answer to it once', async () => {
    const one = peer(false);
    one.start();
    one.description(describedBy('theirs', 'offer'));
    await settle();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    one.description(describedBy('theirs', 'answer'));
    one.description(describedBy('theirs', 'answer'));
    await settle();
    expect(connection().signalingState).toBe('stable');
    expect(connection().remoteDescription?.type).toBe('answer');
  });
});

describe('candidates', () => {
  it('that come before the description wait for it', async () => {
    const one = peer(true);
    one.candidate({ candidate: 'first' });
    one.candidate({ candidate: 'second' });
    await settle();
    expect(connection().added).toEqual([]);
    one.description(describedBy('theirs', 'offer'));
    one.candidate({ candidate: 'third' });
    await settle();
    expect(connection().added.map(({ candidate }) => candidate)).toEqual(['first', 'second', 'third']);
  });

  it('are told as they are gathered, and again for a device that came late', () => {
    const one = peer(true);
    const init = { candidate: 'ours' };
    connection().onicecandidate({ candidate: { ...init, toJSON: () => init } });
    connection().onicecandidate({ candidate: null });
    one.resendCandidates();
    expect(candidates).toEqual([init, init]);
  });
});

describe('another session of the other side', () => {
  it('gets a new connection when it offers', async () => {
    const one = peer(true);
    one.description(describedBy('theirs', 'offer', 7));
    await settle();
    one.description(describedBy('theirs', 'offer', 7));
    await settle();
    expect(Connection.made).toHaveLength(1);
    one.description(describedBy('theirs', 'offer', 8));
    await settle();
    expect(Connection.made.map(({ closed }) => closed)).toEqual([true, false]);
    expect(sent.map(({ type }) => type)).toEqual(['answer', 'answer', 'answer']);
  });

  it('that answers an offer made to the one before is offered anew', async () => {
    const one = peer(false);
    one.description(describedBy('theirs', 'offer', 7));
    await settle();
    one.restart();
    one.description(describedBy('theirs', 'answer', 8));
    await settle();
    expect(Connection.made).toHaveLength(2);
    expect(sent.map(({ type }) => type)).toEqual(['answer', 'offer', 'offer']);
  });
});

describe('a connection that breaks', () => {
  async function connectedPeer() {
    const one = peer(true);
    one.description(describedBy('theirs', 'offer'));
    await settle();
    connection().becomes('connected');
    sent = [];
    return one;
  }

  it('is restarted at once when it failed', async () => {
    await connectedPeer();
    connection().becomes('failed');
    await settle();
    expect(connection().restarts).toBe(1);
    expect(sent.map(({ type }) => type)).toEqual(['offer']);
    expect(states).toEqual(['connected', 'broken']);
  });

  it('has two seconds to heal by itself', async () => {
    await connectedPeer();
    connection().becomes('disconnected');
    await vi.advanceTimersByTimeAsync(1900);
    connection().becomes('connected');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection().restarts).toBe(0);
    connection().becomes('disconnected');
    await vi.advanceTimersByTimeAsync(2000);
    expect(connection().restarts).toBe(1);
  });

  it('is lost after half a minute of trying', async () => {
    await connectedPeer();
    connection().becomes('failed');
    await vi.advanceTimersByTimeAsync(29_000);
    expect(lost).toBe(0);
    expect(connection().restarts).toBeGreaterThan(3);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(lost).toBe(1);
  });

  it('is not lost while nobody can be signalled to: the reconnection restarts it', async () => {
    const one = await connectedPeer();
    reachable = false;
    connection().becomes('failed');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([lost, connection().restarts]).toEqual([0, 0]);
    one.restart();
    await settle();
    expect(connection().restarts).toBe(1);
    one.close();
  });
});

it('nothing is negotiated on a closed connection', async () => {
  const one = peer(true);
  one.close();
  one.close();
  one.description(describedBy('theirs', 'offer'));
  await expect(one.offer()).rejects.toMatchObject({ reason: 'conflict' });
  expect(sent).toEqual([]);
});
