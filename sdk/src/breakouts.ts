import type { Envelope } from './accounts.ts';
import type { BreakoutList, Breakouts as Known, NewBreakouts } from './breakout-types.ts';
import type { WireParticipant } from './meeting-wire.ts';
import { date, participantOf } from './meeting-wire.ts';
import type { Rest } from './rest.ts';

interface WireRoom {
  meeting_id: number;
  name: string;
}

interface WireList {
  state: BreakoutList['state'];
  free: boolean;
  opened_at: string | null;
  closes_at: string | null;
  room: number | null;
  rooms: (WireRoom & { participants: WireParticipant[] })[];
}

/** What `breakouts-opened` says, and `joined` while rooms are open. */
export interface WireBreakouts {
  free: boolean;
  closing: boolean;
  closes_at: string | null;
  rooms: WireRoom[];
  room: WireRoom | null;
}

const at = (meetingId: number, rest = '') => `/api/v1/meetings/${meetingId}/breakouts${rest}`;

/** Rooms apart for a while. Opening, placing others, speaking to all and closing are for those who run the meeting. */
export class Breakouts {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  open(meetingId: number, { rooms, ...how }: NewBreakouts): Promise<BreakoutList> {
    const named = rooms.map(({ name, userIds }) => ({ name, ...(userIds && { user_ids: userIds }) }));
    return list(this.#rest.post(at(meetingId), { ...how, rooms: named }));
  }

  /** Who has a place where, and who is there. */
  get(meetingId: number): Promise<BreakoutList> {
    return list(this.#rest.get(at(meetingId)));
  }

  /** A place in a room, or in none; one's own where the rooms are free. */
  async move(meetingId: number, userId: number, roomId: number | null): Promise<void> {
    await this.#rest.put(at(meetingId, `/participants/${userId}`), { room: roomId });
  }

  /** Into the chat of every room. */
  async tell(meetingId: number, content: string): Promise<void> {
    await this.#rest.post(at(meetingId, '/message'), { content });
  }

  /** Everybody has so long to finish, 30 seconds unless said; 0 closes at once. */
  close(meetingId: number, graceSeconds?: number): Promise<BreakoutList> {
    const query = graceSeconds === undefined ? '' : `?grace_seconds=${graceSeconds}`;
    return list(this.#rest.delete(at(meetingId, query)));
  }

  /** Asks those who run the meeting into the room one is in. */
  async help(meetingId: number): Promise<void> {
    await this.#rest.post(at(meetingId, '/help'));
  }
}

const nameOf = ({ meeting_id: id, name }: WireRoom) => ({ id, name });

async function list(answer: Promise<Envelope<WireList>>): Promise<BreakoutList> {
  const { data } = await answer;
  return {
    state: data.state,
    free: data.free,
    openedAt: date(data.opened_at),
    closesAt: date(data.closes_at),
    room: data.room,
    rooms: data.rooms.map(({ participants, ...room }) => ({
      ...nameOf(room),
      participants: participants.map(participantOf),
    })),
  };
}

export const breakoutsOf = (wire: WireBreakouts): Known => ({
  free: wire.free,
  closing: wire.closing,
  closesAt: date(wire.closes_at),
  rooms: wire.rooms.map(nameOf),
  room: wire.room && nameOf(wire.room),
});

/** What a frame changes of them for this person; the same value where it says nothing new. */
export function breakoutsAfter(
  known: Known | null,
  { type, data }: { type: string; data: Record<string, unknown> },
  userId: number | undefined,
): Known | null {
  if (type === 'breakouts-opened') return breakoutsOf(data as unknown as WireBreakouts);
  if (type === 'breakouts-closed') return null;
  if (known === null) return known;
  if (type === 'breakouts-closing')
    return { ...known, closing: true, closesAt: date(String(data.closes_at)) };
  if (type !== 'breakouts-moved' || data.user_id !== userId) return known;
  const room = data.room as WireRoom | null;
  return { ...known, room: room && nameOf(room) };
}

/** Where help is wanted. */
export const helpIn = (data: Record<string, unknown>) => nameOf(data.room as WireRoom);
