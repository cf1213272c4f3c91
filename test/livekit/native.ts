import type { RemoteTrack, Room } from '@livekit/rtc-node';
import {
  AudioStream,
  LocalAudioTrack,
  LocalVideoTrack,
  RoomEvent,
  type TrackKind,
  TrackPublishOptions,
  TrackSource,
  VideoStream,
} from '@livekit/rtc-node';
import { expect } from 'vitest';
import { barIn, moved, Picture, shareAt, Tone } from './signals.ts';

/** What LiveKit's client for Node sends, and whether that is what arrives. */

/** The next track of that kind that comes to the client. */
export function trackTo(client: Room, kind: TrackKind): Promise<RemoteTrack> {
  return new Promise((resolve) => {
    client.on(RoomEvent.TrackSubscribed, (one) => {
      if (one.kind === kind) resolve(one);
    });
  });
}

/** Answers the track's sid, and how to stop. */
export async function publishTone(client: Room, hertz: number) {
  const tone = new Tone(hertz);
  const local = LocalAudioTrack.createAudioTrack('tone', tone.source);
  const published = await client.localParticipant?.publishTrack(
    local,
    options(TrackSource.SOURCE_MICROPHONE),
  );
  return { sid: published?.sid ?? '', stop: () => tone.stop() };
}

export async function publishPicture(client: Room) {
  const picture = new Picture();
  const local = LocalVideoTrack.createVideoTrack('picture', picture.source);
  await client.localParticipant?.publishTrack(local, options(TrackSource.SOURCE_CAMERA));
  return { stop: () => picture.stop() };
}

function options(source: TrackSource): TrackPublishOptions {
  const made = new TrackPublishOptions();
  made.source = source;
  return made;
}

/** The tone is most of what is heard, within what Opus needs to begin. */
export async function hearsTone(arriving: RemoteTrack, hertz: number): Promise<void> {
  let share = 0;
  let frames = 0;
  let kept = new Int16Array(0);
  for await (const { data } of new AudioStream(arriving, 48_000, 1)) {
    kept = Int16Array.from([...kept.slice(-24_000 + data.length), ...data]);
    if (++frames % 10 === 0) share = Math.max(share, shareAt(hertz, kept));
    if (share > 0.9 || frames > 1_500) break;
  }
  expect(share).toBeGreaterThan(0.9);
}

/** The bar moves as it is sent. */
export async function seesBar(arriving: RemoteTrack): Promise<void> {
  const positions: number[] = [];
  for await (const { frame } of new VideoStream(arriving)) {
    const position = barIn(frame);
    if (position !== undefined) positions.push(position);
    if (positions.length === 30) break;
  }
  const steps = positions.slice(1).map((to, i) => moved(positions[i] ?? 0, to));
  // One step is a fortieth of the width; a frame may be lost, none comes late or twice over.
  expect(steps.filter((step) => step > 0 && step < 0.2).length).toBeGreaterThan(25);
}
