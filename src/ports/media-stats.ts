/** Measured by the engine, of what the member sends and gets. Absent: not known (yet). */
export interface MemberStats {
  readonly identity: string;
  readonly roundTripMs?: number;
  /** 0 to 1, of the packets of the last seconds. */
  readonly lossUp?: number;
  readonly lossDown?: number;
  /** Bits per second. */
  readonly bitrateUp: { readonly audio: number; readonly video: number };
  readonly bitrateDown: { readonly audio: number; readonly video: number };
}

/** A process that carries media. */
export interface WorkerUse {
  readonly pid: number;
  /** Since its start. */
  readonly cpuS: number;
  readonly rooms: number;
  /** Tracks on their way to somebody. */
  readonly consumers: number;
}
