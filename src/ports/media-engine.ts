/** What a media engine can do here; the core asks the fact, never the engine's name. */
export interface EngineFacts {
  readonly name: string;
  /** Carries rooms, so calls of more than two leave the mesh. */
  readonly rooms: boolean;
}

/** Where media that is not peer to peer goes. Session-level: what clients negotiate stays opaque. */
export interface MediaEngine {
  readonly facts: EngineFacts;
  /** Throws `unavailable` when the engine cannot serve. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
