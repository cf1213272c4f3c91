/** What a client may send, and what waits for it. Bytes, unless the name says otherwise. */
export const DATA_LIMITS = {
  /**
   * In the worker for one channel: what it takes in this time, so that there is always something to
   * send, and what is too late can still be dropped here.
   */
  workerMs: 50,
  workerUnknown: 16 * 1024,
  workerLeast: 8 * 1024,
  workerMost: 256 * 1024,
  workerLow: 4 * 1024,
  /** A receiver that is behind by more than it takes in this time makes its senders wait, until it is by half of that. */
  queueMs: 1000,
  queueUnknown: 64 * 1024,
  queueLeast: 32 * 1024,
  queueFull: 1024 * 1024,
  /** Further behind, whoever sends: what comes is dropped for this receiver. */
  queueMost: 8 * 1024 * 1024,
  /** Waiting on a lossy channel as long as nothing is known of how fast it is; later a tenth of a second's worth. */
  lossyUnknown: 512 * 1024,
  lossyLeast: 16 * 1024,
  lossyMost: 1024 * 1024,
  lossyMs: 100,
  /** How long a lossy message may wait in the worker. */
  lossyLifeMs: 1000,
  /** A receiver is called slow after it was behind for so long. */
  judgedAfterMs: 1500,
  pollMs: 100,
  openAgainMs: 1000,
  opensAtMost: 10,
} as const;

/** For the transports that data links are opened on. */
export const DATA_TRANSPORT = {
  enableSctp: true,
  /** As the descriptions say. */
  maxReceiveMessageSize: 256 * 1024,
  maxSendMessageSize: 256 * 1024,
  /** So much of a client's data is in the worker while it is held; more than one message. */
  sctpMaxReceiverWindowBufferSize: 320 * 1024,
} as const;
