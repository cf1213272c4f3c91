import { need } from './connection.ts';
import type { Chosen } from './invite-form.ts';
import type { InvitedOne, MeetingInvitation, MeetingSeries } from './sdk.ts';
import { Loader } from './store.ts';
import { toast } from './toasts.ts';

/** Who has been invited, as far as it has been read. */
export interface InvitedPeople {
  invitations: readonly MeetingInvitation[];
  total: number;
}

const PAGE = 50;

/** Who is invited to one meeting. */
export class InvitedList extends Loader<InvitedPeople> {
  readonly #id: number;

  constructor(id: number) {
    super();
    this.#id = id;
  }

  read(): Promise<void> {
    return this.load(() => need().meetings.invitations.list(this.#id, { pageSize: PAGE }));
  }

  /** The next page, behind what is there. */
  async more(): Promise<void> {
    const known = this.get().data?.invitations ?? [];
    const page = Math.floor(known.length / PAGE) + 1;
    const next = await need().meetings.invitations.list(this.#id, { page, pageSize: PAGE });
    this.change(({ invitations }) => {
      const ids = new Set(invitations.map(({ id }) => id));
      const more = next.invitations.filter(({ id }) => !ids.has(id));
      return { invitations: [...invitations, ...more], total: next.total };
    });
  }

  async takeBack(invitationId: string): Promise<void> {
    await need().meetings.invitations.takeBack(this.#id, invitationId);
    this.change(({ invitations, total }) => ({
      invitations: invitations.filter(({ id }) => id !== invitationId),
      total: total - 1,
    }));
    toast('ok', 'invite.takenBack');
  }
}

/** Invites them and says what came of it; answers whom nobody here is called. */
export async function sendInvitations(
  id: number,
  chosen: readonly Chosen[],
  message: string,
): Promise<string[]> {
  const names = chosen.map(({ name }) => name);
  const text = message.trim();
  const found = await need().meetings.invitations.send(id, names, text === '' ? undefined : text);
  const of = (status: InvitedOne['status']) => found.filter((one) => one.status === status);
  const count = of('invited').length;
  if (count > 0) toast('ok', 'invite.sent', { count });
  else if (of('already').length > 0) toast('info', 'invite.already');
  return of('unknown').map(({ invitee }) => String(invitee));
}

/** Hands a meeting, or the series that it is of, to the program that keeps one's calendar. */
export async function saveCalendar(meetingId: number, series?: MeetingSeries): Promise<void> {
  const { meetings } = need();
  const text = await (series ? meetings.series.calendar(series.id) : meetings.calendar(meetingId));
  const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `meeting-${meetingId}.ics`;
  link.click();
  URL.revokeObjectURL(address);
}
