/** Somebody asked to a meeting: an account, or whoever reads an address. */
export interface Invitation {
  /** `inv_...` */
  id: string;
  meetingId: number;
  /** null where an address was invited, whether or not somebody has an account with it. */
  userId: number | null;
  /** null where an account was invited: its address is its own. */
  email: string | null;
  /** Who invited them last; null is a service. */
  by: number | null;
  /** When they were invited last. */
  at: number;
  /** What their calendar has been told of last. */
  sequence: number;
  state: 'invited' | 'withdrawn';
}
