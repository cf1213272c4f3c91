import type { CallChange } from '../core/calls/events.ts';

/** What nodes tell each other after a commit. The database is the truth, the bus only hurries. */
export interface BusTopics {
  /** A call has changed: sockets show it. */
  call: CallChange;
  /** A ready-made frame for a person's sockets; `device` alone, or all but `except`. */
  frame: { userId: number; text: string; device?: string; except?: string; relayed?: RelayedFrame };
  /** A ready-made frame for the sockets of one participant of a meeting. */
  meetingFrame: { meetingId: number; to: number; text: string };
  /** Who is in the breakout rooms of a meeting, or has a place there, has changed. */
  breakouts: { meetingId: number };
  /** Somebody's first device came or last one went. */
  presence: { userId: number; uid: string; online: boolean };
  /** A device is to be closed (signed out, banned, token version raised); without `device`, all of them but `keep` (devices or tokens). `spare` is a node that keeps its own. */
  cut: { userId: number; device?: string; keep?: readonly string[]; reason: string; spare?: string };
  /** Letters were committed: whoever sends them has work. */
  mail: object;
  /** Events were committed: the sequencer has work. */
  committed: { subject: string };
  /** Events have their positions: followers and the outbox have work. */
  sequenced: { last: number };
}

/** Of which call, from whom; `keep` when a device that comes later must get it as well. */
export interface RelayedFrame {
  callId: string;
  from: string;
  keep: boolean;
}

export interface Bus {
  /** Never throws for a listener's sake; delivered to this node's listeners too, in order per topic. */
  publish<T extends keyof BusTopics>(topic: T, message: BusTopics[T]): void;
  subscribe<T extends keyof BusTopics>(topic: T, listener: (message: BusTopics[T]) => void): () => void;
  /** Throws `unavailable` when the other nodes cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
