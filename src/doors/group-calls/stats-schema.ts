import type { Static } from 'typebox';
import { Type } from 'typebox';
import { CallId, Time, UserId } from './schema.ts';

const numbers = <const N extends string>(names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, Type.Optional(Type.Number())])) as Record<
    N,
    ReturnType<typeof optional>
  >;
const optional = () => Type.Optional(Type.Number());

const both = ['bytesSent', 'bytesReceived', 'packetsSent', 'packetsReceived', 'packetsLost'] as const;

/** What a client measured, in the document's names; it may say more, in numbers. */
export const Stats = Type.Object({
  audio: Type.Optional(
    Type.Object(numbers([...both, 'jitter', 'roundTripTime']), { additionalProperties: Type.Number() }),
  ),
  video: Type.Optional(
    Type.Object(numbers([...both, 'frameWidth', 'frameHeight', 'frameRate', 'bitrate']), {
      additionalProperties: Type.Number(),
    }),
  ),
});

export const StatsReport = Type.Object({ callId: CallId, stats: Stats, timestamp: Time });
export const StatsParams = Type.Object({ callId: CallId });
export const StatsQuery = Type.Object({
  userId: Type.Optional({ ...UserId, description: 'Whose report; a service names them, a user is itself.' }),
});
export type StatsValue = Static<typeof Stats>;
