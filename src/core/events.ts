/**
 * Facts in the past tense, written in the transaction that caused them. `seq` counts without gaps
 * per subject and is the subject's version; `position` is the one order over all subjects, given
 * by the sequencer after commit. `data` is what webhooks and followers see: uids, never SDP.
 */
export interface LoggedEvent {
  subject: string;
  seq: number;
  type: string;
  /** Milliseconds since the epoch. */
  at: number;
  data: Readonly<Record<string, unknown>>;
}

/** An event that has its place in the order over all subjects. */
export interface OrderedEvent extends LoggedEvent {
  position: number;
}
