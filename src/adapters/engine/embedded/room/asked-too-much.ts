import type { AddTrackRequest } from '@livekit/protocol';
import { bytes, LIMITS } from '../limits.ts';

/** Everybody else in the room is sent what a track says of itself: no more than is useful. */
export function tooMuch(asked: AddTrackRequest): boolean {
  const codecs = asked.simulcastCodecs;
  return (
    // The whole of it, with what has no measure of its own: layers' names, features, unknown fields.
    asked.toBinary().length > LIMITS.trackBytes ||
    [asked.cid, asked.name, asked.stream, ...codecs.flatMap((codec) => [codec.cid, codec.codec])].some(
      (word) => bytes(word) > LIMITS.trackWordBytes,
    ) ||
    codecs.length > LIMITS.codecs ||
    [asked.layers, ...codecs.map((codec) => codec.layers)].some((layers) => layers.length > LIMITS.layers)
  );
}
