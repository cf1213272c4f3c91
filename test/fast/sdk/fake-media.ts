import { vi } from 'vitest';

/** What a browser has and Node has not, as far as the client looks at it; nothing travels. */

export class FakeTrack {
  readonly kind: 'audio' | 'video';
  enabled = true;
  stopped = false;
  contentHint = '';
  onended: (() => void) | null = null;
  constructor(kind: 'audio' | 'video') {
    this.kind = kind;
  }
  stop(): void {
    this.stopped = true;
  }
}

export class FakeStream {
  readonly #tracks: FakeTrack[];
  constructor(tracks: FakeTrack[] = []) {
    this.#tracks = [...tracks];
  }
  getTracks = () => [...this.#tracks];
  getAudioTracks = () => this.#tracks.filter(({ kind }) => kind === 'audio');
  getVideoTracks = () => this.#tracks.filter(({ kind }) => kind === 'video');
  addTrack(track: FakeTrack): void {
    this.#tracks.push(track);
  }
  removeTrack(track: FakeTrack): void {
    this.#tracks.splice(this.#tracks.indexOf(track), 1);
  }
}

/** Gathers one candidate once it has described itself. */
export class FakeConnection {
  static made: FakeConnection[] = [];
  signalingState = 'stable';
  connectionState = 'new';
  localDescription: { type: string; sdp: string } | null = null;
  closed = false;
  onicecandidate: (event: unknown) => void = () => undefined;
  constructor() {
    FakeConnection.made.push(this);
  }
  async setLocalDescription(): Promise<void> {
    this.localDescription = { type: 'offer', sdp: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n' };
    this.signalingState = 'have-local-offer';
    const candidate = { candidate: 'candidate:1', toJSON: () => ({ candidate: 'candidate:1' }) };
    setTimeout(() => this.onicecandidate({ candidate }));
  }
  addTrack = () => ({ replaceTrack: async () => undefined });
  addTransceiver = () => ({ sender: { replaceTrack: async () => undefined } });
  getTransceivers = () => [];
  getStats = async () => new Map();
  restartIce = () => undefined;
  close(): void {
    this.closed = true;
  }
}

/** Puts them where a browser has them; `screens` are the screens that were shared. */
export function stubMedia(): { screens: FakeTrack[]; microphones: FakeTrack[] } {
  const screens: FakeTrack[] = [];
  const microphones: FakeTrack[] = [];
  const captured = (kind: 'audio' | 'video', into: FakeTrack[]) => {
    const track = new FakeTrack(kind);
    into.push(track);
    return new FakeStream([track]);
  };
  FakeConnection.made = [];
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
  vi.stubGlobal('MediaStream', FakeStream);
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia: async () => captured('audio', microphones),
      getDisplayMedia: async () => captured('video', screens),
    },
  });
  return { screens, microphones };
}
