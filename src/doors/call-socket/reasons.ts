/** Words the machine itself uses for how a leg ended: a client's reason must not be taken for one. */
const RESERVED = new Set(['ended', 'lost', 'max_duration', 'left']);

/** A client's reason for hanging up, in the core's words. */
export const hangUpReason = (reason = 'normal') => (RESERVED.has(reason) ? 'normal' : reason);

/** A client's reason for refusing, in the core's words. */
export const rejectReason = (reason = 'rejected') => (reason === 'rejected' ? 'declined' : reason);

/** The core's word for how something ended, in the contract's. */
export const shownReason = (reason: string) => (reason === 'declined' ? 'rejected' : reason);
