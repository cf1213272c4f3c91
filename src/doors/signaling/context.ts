import type { App } from '../../core/app.ts';
import type { FrameLimits } from './frame-limits.ts';
import type { Links } from './media/links.ts';
import type { Seat } from './seat.ts';

/** What the seats of one door have in common. */
export interface Context {
  readonly app: App;
  /** Of this process, for the sessions it keeps. */
  readonly nodeId: string;
  readonly seats: Seats;
  readonly links: Links;
  readonly limits: FrameLimits;
  readonly failed: (what: string, error: unknown) => void;
}

/** Who sits in which meeting on this node. */
export class Seats {
  readonly #byMeeting = new Map<number, Set<Seat>>();

  add(seat: Seat): void {
    const seats = this.#byMeeting.get(seat.meetingId) ?? new Set();
    this.#byMeeting.set(seat.meetingId, seats.add(seat));
  }

  delete(seat: Seat): void {
    const seats = this.#byMeeting.get(seat.meetingId);
    seats?.delete(seat);
    if (seats?.size === 0) this.#byMeeting.delete(seat.meetingId);
  }

  in(meetingId: number): readonly Seat[] {
    return [...(this.#byMeeting.get(meetingId) ?? [])];
  }
}
