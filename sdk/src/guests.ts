import type { Envelope } from './accounts.ts';
import type { LineOptions, MeetingLine } from './meeting-line.ts';
import type { Meeting } from './meeting-types.ts';
import { date } from './meeting-wire.ts';
import { Meetings } from './meetings.ts';
import { policyOf } from './reconnect-policy.ts';
import { Rest } from './rest.ts';
import { Token } from './token.ts';
import type { ConnectOptions } from './types.ts';

/** What a meeting's link shows to somebody without an account. */
export interface GuestDoor {
  id: number;
  /** null where there is a password. */
  title: string | null;
  startTime: Date | null;
  type: Meeting['type'];
  status: Meeting['status'];
  hasPassword: boolean;
  /** Nobody new comes in now. */
  locked: boolean;
}

/** Who a guest is; kept, it takes up again after a reload. */
export interface GuestPass {
  userId: number;
  uid: string;
  name: string;
  meetingId: number;
  token: string;
  expiresAt: Date;
}

interface WireDoor {
  meeting_id: number;
  title: string | null;
  start_time: string | null;
  meeting_type: Meeting['type'];
  status: Meeting['status'];
  has_password: boolean;
  locked: boolean;
}

interface WirePass {
  user_id: number;
  uid: string;
  nickname: string;
  meeting_id: number;
  access_token: string;
  expires_in: number;
}

export interface GuestAsk extends Pick<ConnectOptions, 'url' | 'reconnectDelay'> {
  meetingId: number;
  /** What others see. */
  name: string;
  password?: string;
}

/** Somebody without an account, in the one meeting that they came to by its link. */
export class Guest {
  readonly pass: GuestPass;
  /** Answers for that meeting alone; all else is refused as `forbidden`. */
  readonly meetings: Meetings;

  /** Takes up again with a pass that was kept. */
  constructor({ url, pass, reconnectDelay }: Pick<GuestAsk, 'url' | 'reconnectDelay'> & { pass: GuestPass }) {
    this.pass = pass;
    this.meetings = new Meetings(new Rest(url, new Token(pass.token)), policyOf(reconnectDelay));
  }

  /** Comes in and stays, like an account; where there is a password it is said here too. */
  open(options: LineOptions = {}): MeetingLine {
    return this.meetings.open(this.pass.meetingId, options);
  }
}

const at = (id: number, rest: string) => `/api/v1/meetings/${id}/${rest}`;

/** Rejects with `not_found` where there is no meeting for people without an account, and when it is over. */
export async function guestDoor(url: string, meetingId: number): Promise<GuestDoor> {
  const { data } = await new Rest(url).get<Envelope<WireDoor>>(at(meetingId, 'door'));
  return {
    id: data.meeting_id,
    title: data.title,
    startTime: date(data.start_time),
    type: data.meeting_type,
    status: data.status,
    hasPassword: data.has_password,
    locked: data.locked,
  };
}

/** Comes by a meeting's link without an account; each time as somebody new. Rejects as `guestDoor` does, and with `forbidden`. */
export async function comeAsGuest({ meetingId, name, password, ...options }: GuestAsk): Promise<Guest> {
  const body = { nickname: name, ...(password !== undefined && { password }) };
  const { data } = await new Rest(options.url).post<Envelope<WirePass>>(at(meetingId, 'guests'), body);
  const pass = {
    userId: data.user_id,
    uid: data.uid,
    name: data.nickname,
    meetingId: data.meeting_id,
    token: data.access_token,
    expiresAt: new Date(Date.now() + data.expires_in * 1000),
  };
  return new Guest({ ...options, pass });
}
