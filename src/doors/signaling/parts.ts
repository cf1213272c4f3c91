import { Type } from 'typebox';

/** Parts of frames, in both directions. */

export const UserId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const Role = Type.Union([
  Type.Literal('host'),
  Type.Literal('moderator'),
  Type.Literal('participant'),
]);
export const Mid = Type.String({ minLength: 1, maxLength: 64, description: 'Of a media section' });
export const SOURCES = ['camera', 'microphone', 'screen_share', 'screen_share_audio'] as const;
export const Source = Type.Unsafe<(typeof SOURCES)[number]>({ type: 'string', enum: [...SOURCES] });
export const Sdp = Type.String({ minLength: 1 });
/** Which of the two connections with the server: the one that the client offers on, or the server. */
export const Target = Type.Union([Type.Literal('publisher'), Type.Literal('subscriber')]);

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

export const candidateFields = {
  candidate: Type.Optional(Type.String()),
  sdpMid: orNull(Type.String()),
  sdpMLineIndex: orNull(Type.Number()),
  usernameFragment: orNull(Type.String()),
};

export const mediaFlags = {
  audio: Type.Boolean(),
  video: Type.Boolean(),
  screen: Type.Boolean(),
};
