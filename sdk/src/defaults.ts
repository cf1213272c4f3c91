/** Every number this library waits for or counts to, in one place. */

/** Waits before the 1st, 2nd, ... reconnection; the last one repeats. */
export const RECONNECT_DELAYS_MS: readonly number[] = [0, 300, 1200, 2700, 4800, 7000];

/** Nothing heard for so long: ask the server whether it is there. */
export const SILENCE_BEFORE_PING_MS = 10_000;
/** No answer to that for so long: the socket is dead. */
export const PING_ANSWER_MS = 5_000;
/** A socket that was open for so long was fine: the next reconnection is the first again. */
export const SOCKET_SETTLED_MS = 5_000;
/** A socket that has not opened after this never will. */
export const SOCKET_OPEN_MS = 10_000;

/** The server's first word about a call or an answer is overdue after this. */
export const SERVER_WORD_MS = 10_000;
/** How long the offer of a call we are told about may still be on its way. */
export const GLARE_OFFER_MS = 5_000;
/** Somebody who joined later offers; if they have not after this, we do. */
export const PASSIVE_OFFER_MS = 3_000;

/** `disconnected` often heals by itself; after this it gets an ICE restart. */
export const DISCONNECTED_RESTART_MS = 2_000;
/** Between two ICE restarts of one connection. */
export const RESTART_INTERVAL_MS = 6_000;
/** Media that is gone for so long, while the server can be reached, is lost. */
export const MEDIA_LOST_MS = 30_000;

/** Statistics are sampled this often. */
export const STATS_INTERVAL_MS = 2_000;
/** Worse than this is shown as a poor connection. */
export const POOR_LOSS_PERCENT = 5;
export const POOR_RTT_MS = 400;

/** TURN credentials expire; a list of ICE servers is used for new connections no longer than this. */
export const ICE_SERVERS_FRESH_MS = 60_000;

/** People in a mesh, oneself included. */
export const MESH_LIMIT = 6;
