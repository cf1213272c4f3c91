/** What the media plane measures, in its own words. */

/** Spatial from 0, the lowest; temporal undefined: all of them. */
export interface Layers {
  readonly spatial: number;
  readonly temporal?: number;
}

export interface AudioLevel {
  /** `Source.id`. */
  readonly source: string;
  /** -127 (silence) to 0. */
  readonly dBov: number;
}

/** Of one source as it arrives. Rates over the last seconds. */
export interface SourceStats {
  readonly bitrate: number;
  /** 0 to 1. */
  readonly loss: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | undefined;
  /** 0 to 10, as mediasoup scores; of the best layer that is sent. */
  readonly score: number;
}

/** Of both connections of one client. */
export interface TransportStats {
  readonly roundTripMs: number | undefined;
  /** 0 to 1, as the client reports it of what it gets. */
  readonly lossDown: number;
  readonly lossUp: number;
  readonly bitrateUp: { readonly audio: number; readonly video: number };
  readonly bitrateDown: { readonly audio: number; readonly video: number };
  readonly availableDown: number | undefined;
}
