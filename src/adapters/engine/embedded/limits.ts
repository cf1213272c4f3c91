/** What a client may make this server keep and send to everybody else; LiveKit's own defaults where it has one. */
export const LIMITS = {
  metadataBytes: 512 * 1024,
  attributesBytes: 64 * 1024,
  nameBytes: 256,
  /** Of a track: its name, its stream and the client's id for it. */
  trackWordBytes: 1024,
  trackBytes: 32 * 1024,
  trackFeatures: 32,
  /** Of an id that a client names: ours are shorter, LiveKit's as well. */
  sidLength: 64,
  layers: 16,
  codecs: 8,
  /** Announced and published together. */
  tracksPerMember: 300,
  /** Messages of one session that wait for their turn. */
  waitingMessages: 2000,
} as const;

export const bytes = (text: string) => Buffer.byteLength(text);

export function attributesBytes(attributes: Readonly<Record<string, string>>): number {
  let total = 0;
  for (const [key, value] of Object.entries(attributes)) total += bytes(key) + bytes(value);
  return total;
}
