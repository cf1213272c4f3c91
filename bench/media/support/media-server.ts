/** One of the servers that are compared, as the load sees it. */
export interface MediaServer {
  readonly name: string;
  /** `ws://...` */
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  /** The server's own process and its media workers: all whose CPU and memory count. */
  pids(): number[];
  stop(): Promise<void>;
}
