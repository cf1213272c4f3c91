/** What the media plane is opened with. */
export interface PlaneOptions {
  /** Processes that carry media; one per core unless said otherwise. */
  readonly workers?: number;
  /** The first worker's port, UDP and TCP; each further one takes the next. 0: free ones. */
  readonly rtcPort: number;
  /** How clients reach this machine, and where workers listen as far as it is its own; all its own unless said otherwise. */
  readonly announced?: readonly string[];
  /** The worker's program; mediasoup's own unless said otherwise. */
  readonly workerBin?: string;
  /** What workers print: `warn` and `error` are seldom of use to anybody else. */
  readonly logLevel?: 'debug' | 'warn' | 'error' | 'none';
  /** The worker sends to each receiver with numbers of its own. */
  readonly mapsNumbers?: boolean;
  /** A reliable receiver of data slower than this many bytes a second is not waited for; 0 waits for everybody. */
  readonly slowReceiverBps?: number;
  /** With so many clients of one room on one worker, who comes next may be placed on another; 24. */
  readonly crowd?: number;
  readonly failed: (what: string, error: unknown) => void;
}
