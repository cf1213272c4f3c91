import type { Envelope } from './accounts.ts';
import type { InvitedOne, MeetingInvitation } from './meeting-types.ts';
import type { WireInvitations, WireInvited } from './meeting-wire.ts';
import { invitationOf, invitedOf, queryOf } from './meeting-wire.ts';
import type { Rest } from './rest.ts';

const at = (meetingId: number, rest = '') => `/api/v1/meetings/${meetingId}/invitations${rest}`;

/** Asking people to a meeting, for those who run it. */
export class Invitations {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  /** By username, uid, number or e-mail address, at most 100; who has an address gets mail. */
  async send(
    meetingId: number,
    invitees: readonly (string | number)[],
    message?: string,
  ): Promise<InvitedOne[]> {
    const body = { invitees, ...(message !== undefined && { message }) };
    return invitedOf((await this.#rest.post<Envelope<WireInvited>>(at(meetingId), body)).data);
  }

  /** Who has been invited, in the order they were. */
  async list(
    meetingId: number,
    query: { page?: number; pageSize?: number } = {},
  ): Promise<{ invitations: MeetingInvitation[]; total: number }> {
    const { data } = await this.#rest.get<Envelope<WireInvitations>>(at(meetingId), queryOf(query));
    return { invitations: data.invitations.map(invitationOf), total: data.total };
  }

  /** By mail too; whoever has not come yet may not come any more. */
  async takeBack(meetingId: number, invitationId: string): Promise<void> {
    await this.#rest.delete(at(meetingId, `/${encodeURIComponent(invitationId)}`));
  }
}
