import type { Invitation } from '../../core/invitations/invitation.ts';
import type { Page } from './meetings.ts';

export interface InvitationQueries {
  /** Also those taken back. */
  get(meetingId: number, id: string): Promise<Invitation | undefined>;
  /** Everybody's, also those taken back. */
  of(meetingId: number): Promise<Invitation[]>;
  /** Those that stand, in the order they were made. */
  page(meetingId: number, page: Page): Promise<Invitation[]>;
  count(meetingId: number): Promise<number>;
  /** The highest sequence that anybody's calendar may have; 0 when nobody was invited. */
  sequence(meetingId: number): Promise<number>;
}

export interface InvitationWrites {
  insert(invitations: readonly Invitation[]): Promise<void>;
  /** All but whose it is. */
  update(invitations: readonly Invitation[]): Promise<void>;
  /** Whoever was invited under this number or this address was not. */
  forget(userId: number, email: string | null): Promise<void>;
}
