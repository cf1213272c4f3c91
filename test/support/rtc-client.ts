import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node';
import type { EngineClient } from '../../src/adapters/engine/media-engine.contract.ts';
import type { TrackSourceName } from '../../src/ports/media-room.ts';

const SOURCES: Record<TrackSourceName, TrackSource> = {
  unknown: TrackSource.SOURCE_UNKNOWN,
  camera: TrackSource.SOURCE_CAMERA,
  microphone: TrackSource.SOURCE_MICROPHONE,
  screen_share: TrackSource.SOURCE_SCREENSHARE,
  screen_share_audio: TrackSource.SOURCE_SCREENSHARE_AUDIO,
};

const RATE = 48_000;
const SIZE = { width: 320, height: 180 };

/** LiveKit's own client for Node, unmodified: sends a tone and a picture. */
export class RtcClient implements EngineClient {
  readonly room: Room;
  readonly topics: string[] = [];
  gone = false;
  #playing = true;

  private constructor() {
    this.room = new Room();
    this.room.on(RoomEvent.Disconnected, () => {
      this.gone = true;
      this.#playing = false;
    });
    this.room.on(RoomEvent.DataReceived, (_payload, _from, _kind, topic) => this.topics.push(topic ?? ''));
  }

  static async join(url: string, token: string): Promise<RtcClient> {
    const client = new RtcClient();
    await client.room.connect(url, token, { autoSubscribe: true, dynacast: false });
    return client;
  }

  async publish(kind: 'audio' | 'video', source: TrackSourceName): Promise<void> {
    const options = new TrackPublishOptions({ source: SOURCES[source] });
    const me = this.room.localParticipant;
    if (!me) throw new Error('not in a room');
    if (kind === 'audio') {
      const audio = new AudioSource(RATE, 1);
      await me.publishTrack(LocalAudioTrack.createAudioTrack(source, audio), options);
      void this.#play(audio);
    } else {
      const video = new VideoSource(SIZE.width, SIZE.height);
      await me.publishTrack(LocalVideoTrack.createVideoTrack(source, video), options);
      void this.#show(video);
    }
  }

  async leave(): Promise<void> {
    this.#playing = false;
    await this.room.disconnect();
  }

  /** A tone of 440 Hz, as fast as it is played. */
  async #play(audio: AudioSource): Promise<void> {
    const samples = RATE / 50;
    for (let at = 0; this.#playing; at += samples) {
      const tone = Int16Array.from({ length: samples }, (_, i) =>
        Math.round(8000 * Math.sin((2 * Math.PI * 440 * (at + i)) / RATE)),
      );
      await audio.captureFrame(new AudioFrame(tone, RATE, 1, samples)).catch(() => {
        this.#playing = false;
      });
    }
  }

  /** A grey that grows brighter, ten times a second. */
  async #show(video: VideoSource): Promise<void> {
    for (let shade = 0; this.#playing; shade = (shade + 8) % 256) {
      const picture = new Uint8Array(SIZE.width * SIZE.height * 4).fill(shade);
      video.captureFrame(new VideoFrame(picture, SIZE.width, SIZE.height, VideoBufferType.RGBA));
      await new Promise((resolve) => setTimeout(resolve, 66));
    }
  }
}
