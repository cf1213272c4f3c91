/**
 * The session id of a description (`o=` line). It stays the same for the life of one connection,
 * so another one means that the other side has made a new connection.
 */
export function sessionOf(description: RTCSessionDescriptionInit): string | undefined {
  return /^o=\S+ (\d+) /m.exec(description.sdp ?? '')?.[1];
}
