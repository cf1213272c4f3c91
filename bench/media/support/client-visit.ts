import type * as LiveKit from 'livekit-client';

declare global {
  var LivekitClient: typeof LiveKit;
  var room: LiveKit.Room;
}

/** Of one visit, in milliseconds since it began. */
export interface Times {
  connect: number;
  frame: number;
}

/**
 * A room by LiveKit's client until somebody's picture is shown, and out again. Runs in the page:
 * nothing from outside may be used in it.
 */
export async function visit([url, jwt, options, giveUpMs]: readonly [
  string,
  string,
  LiveKit.RoomOptions,
  number,
]): Promise<Times> {
  const visited = new LivekitClient.Room(options);
  const frame = Promise.withResolvers<number>();
  visited.on(LivekitClient.RoomEvent.TrackSubscribed, (track) => {
    if (track.kind !== LivekitClient.Track.Kind.Video) return;
    const element = track.attach() as HTMLVideoElement;
    document.body.append(element);
    element.requestVideoFrameCallback(() => frame.resolve(performance.now()));
  });
  setTimeout(() => frame.reject(new Error('no frame was decoded in time')), giveUpMs);
  const begun = performance.now();
  await visited.connect(url, jwt);
  const connected = performance.now();
  const shown = await frame.promise;
  await visited.disconnect();
  for (const element of document.querySelectorAll('video')) element.remove();
  return { connect: connected - begun, frame: shown - begun };
}
