import type { Config } from '../config/config.ts';
import { Tickets } from '../core/identity/index.ts';
import { RoomsSweeper } from '../core/media/index.ts';
import { MeetingFeed, Meetings, type MeetingsDeps } from '../core/meetings/index.ts';
import type { TokenCodec } from '../ports/tokens.ts';

type Needs = Omit<MeetingsDeps, 'tickets' | 'rules'> & { codec: TokenCodec; tokenSecret: string };

/** Contract E's meetings, what sweeps them, and what tells this node's sockets of them. */
export function openMeetings({ media }: Config, { codec, tokenSecret, ...needs }: Needs) {
  const { store, bus, clock, engine, failed } = needs;
  const tickets = new Tickets({ store, codec, clock, secret: tokenSecret });
  const rules = {
    emptyRoomMs: media.emptyRoomMs,
    departureMs: media.departureMs,
    autoCreate: media.autoCreate,
  };
  const meetings = new Meetings({ ...needs, tickets, rules });
  const meetingFeed = new MeetingFeed({ store, bus, failed });
  const sweeper = new RoomsSweeper({ swept: meetings, what: 'meetings', engine, bus, failed });
  sweeper.start();
  const close = async () => {
    meetingFeed.stop();
    await sweeper.stop();
  };
  return { app: { tickets, meetings, meetingFeed }, close };
}
