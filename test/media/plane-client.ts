/** What is in the page of a client that speaks to the media plane with nothing in between. */
export interface PlaneClient {
  up: RTCPeerConnection;
  down: RTCPeerConnection;
  /** Leaves the beginning of DTLS to the other side. */
  isPassive: boolean;
  /** By mid of `down`, as long as they are received. */
  got: Record<string, { kind: string; msid: string }>;
  publish(what: Publish): Promise<string>;
  unpublish(mid: string): void;
  /** Sends something else in a section that had stopped. */
  resumeSection(mid: string): Promise<void>;
  offer(restart?: boolean): Promise<string>;
  answered(sdp: string): Promise<void>;
  offered(sdp: string): Promise<string>;
  candidate(target: 0 | 1, candidate: RTCIceCandidateInit): Promise<void>;
  /** What `down` goes over: `udp` or `tcp`. */
  carrier(): Promise<string | undefined>;
  /** Of what comes in on `down`, by mid. */
  inbound(): Promise<Record<string, Inbound>>;
  /** Of what goes out, by mid: frames, by rid or `-`. */
  outbound(): Promise<Record<string, Record<string, number>>>;
}

export interface Publish {
  kind: 'audio' | 'video';
  /** `video/VP9`. */
  codec?: string;
  rids?: string[];
  scalabilityMode?: string;
  width?: number;
  height?: number;
}

export interface Inbound {
  kind: string;
  codec: string;
  frames: number;
  width: number;
  height: number;
  packets: number;
  lost: number;
  energy: number;
  keyFrames: number;
}

declare global {
  var atPlane: PlaneClient;
}

/** Runs in the page. It is sent as text: nothing from outside may be used in it. */
export function planeClient(): void {
  const up = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const down = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  up.createDataChannel('_lossy', { ordered: false, maxRetransmits: 0 });
  up.createDataChannel('_reliable');
  const got: PlaneClient['got'] = {};
  const players = new Map<string, HTMLMediaElement>();

  const moving = ({ width = 640, height = 360 }: Publish): MediaStreamTrack => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const paper = canvas.getContext('2d');
    if (!paper) throw new Error('no canvas');
    let at = 0;
    const draw = () => {
      at++;
      for (let i = 0; i < 8; i++) {
        paper.fillStyle = `hsl(${(at * 7 + i * 45) % 360} 80% 50%)`;
        paper.fillRect((i * width) / 8, 0, width / 8, height);
      }
      paper.fillStyle = 'white';
      paper.fillRect((at * 5) % width, (at * 3) % height, width / 6, height / 6);
    };
    draw();
    setInterval(draw, 50);
    return canvas.captureStream(20).getVideoTracks()[0] as MediaStreamTrack;
  };
  const sounding = (): MediaStreamTrack => {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const out = context.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    return out.stream.getAudioTracks()[0] as MediaStreamTrack;
  };

  down.ontrack = ({ track, transceiver, streams }) => {
    const mid = transceiver.mid ?? '';
    got[mid] = { kind: track.kind, msid: `${streams[0]?.id} ${track.id}` };
    const player = document.createElement(track.kind === 'audio' ? 'audio' : 'video');
    Object.assign(player, {
      autoplay: true,
      muted: track.kind === 'video',
      srcObject: new MediaStream([track]),
    });
    document.body.append(player);
    players.set(mid, player);
    track.onmute = () => {
      if (transceiver.currentDirection !== 'inactive') return;
      delete got[mid];
      players.get(mid)?.remove();
    };
  };

  const reports = async (peer: RTCPeerConnection) => [...(await peer.getStats()).values()];

  globalThis.atPlane = {
    up,
    down,
    isPassive: false,
    got,
    async publish(what) {
      const track = what.kind === 'audio' ? sounding() : moving(what);
      const { rids = [], scalabilityMode, codec } = what;
      const many = rids.map((rid, i) => ({
        rid,
        scaleResolutionDownBy: 2 ** (rids.length - 1 - i),
        maxBitrate: 150_000 * 3 ** i,
      }));
      const one = scalabilityMode ? [{ scalabilityMode, maxBitrate: 1_500_000 }] : undefined;
      const sendEncodings = rids.length > 0 ? many : one;
      const transceiver = up.addTransceiver(track, {
        direction: 'sendonly',
        streams: [new MediaStream([track])],
        ...(sendEncodings ? { sendEncodings } : {}),
      });
      if (codec) {
        const all = RTCRtpSender.getCapabilities(what.kind)?.codecs ?? [];
        const first = all.filter(({ mimeType }) => mimeType === codec);
        transceiver.setCodecPreferences([...first, ...all.filter((each) => !first.includes(each))]);
      }
      return track.id;
    },
    unpublish(mid) {
      const transceiver = up.getTransceivers().find((each) => each.mid === mid);
      if (!transceiver) throw new Error(`no section ${mid}`);
      transceiver.sender.track?.stop();
      up.removeTrack(transceiver.sender);
      transceiver.direction = 'inactive';
    },
    async resumeSection(mid) {
      const transceiver = up.getTransceivers().find((each) => each.mid === mid);
      if (!transceiver) throw new Error(`no section ${mid}`);
      const kind = transceiver.receiver.track.kind;
      const track = kind === 'audio' ? sounding() : moving({ kind: 'video' });
      await transceiver.sender.replaceTrack(track);
      transceiver.direction = 'sendonly';
    },
    async offer(restart = false) {
      await up.setLocalDescription(await up.createOffer({ iceRestart: restart }));
      return up.localDescription?.sdp ?? '';
    },
    answered: (sdp) => up.setRemoteDescription({ type: 'answer', sdp }),
    async offered(sdp) {
      await down.setRemoteDescription({ type: 'offer', sdp });
      const { sdp: answer = '' } = await down.createAnswer();
      const changed = atPlane.isPassive ? answer.replace(/a=setup:active/g, 'a=setup:passive') : answer;
      await down.setLocalDescription({ type: 'answer', sdp: changed });
      return down.localDescription?.sdp ?? '';
    },
    candidate: (target, candidate) => (target === 0 ? up : down).addIceCandidate(candidate),
    async carrier() {
      const all = await reports(down);
      const by = (id: unknown) => all.find((each) => each.id === id);
      const pair = by(all.find(({ type }) => type === 'transport')?.selectedCandidatePairId);
      return by(pair?.localCandidateId)?.protocol;
    },
    async inbound() {
      const all = await reports(down);
      const found: Record<string, Inbound> = {};
      for (const one of all) {
        if (one.type !== 'inbound-rtp') continue;
        const codec = all.find(({ id }) => id === one.codecId)?.mimeType ?? '';
        found[one.mid] = {
          kind: one.kind,
          codec,
          frames: one.framesDecoded ?? 0,
          width: one.frameWidth ?? 0,
          height: one.frameHeight ?? 0,
          packets: one.packetsReceived,
          lost: one.packetsLost,
          energy: one.totalAudioEnergy ?? 0,
          keyFrames: one.keyFramesDecoded ?? 0,
        };
      }
      return found;
    },
    async outbound() {
      const found: Record<string, Record<string, number>> = {};
      for (const one of await reports(up)) {
        if (one.type !== 'outbound-rtp') continue;
        const section = found[one.mid] ?? {};
        section[one.rid ?? '-'] = one.packetsSent;
        found[one.mid] = section;
      }
      return found;
    },
  };
}
