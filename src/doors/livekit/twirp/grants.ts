import type { MediaPrincipal } from '../../../core/identity/principal.ts';

/** LiveKit's grants: an administrator administrates the one room that the token names. */

export const mayCreate = ({ grants }: MediaPrincipal): boolean => grants.roomCreate === true;

export const mayList = ({ grants }: MediaPrincipal): boolean => grants.roomList === true;

export const mayAdminister = ({ grants }: MediaPrincipal, asked: { room: string }): boolean =>
  grants.roomAdmin === true && grants.room === asked.room;

/** From one room to another: the token names both. */
export const maySend = (
  principal: MediaPrincipal,
  asked: { room: string; destinationRoom: string },
): boolean => mayAdminister(principal, asked) && principal.grants.destinationRoom === asked.destinationRoom;

export const mayRecord = ({ grants }: MediaPrincipal): boolean => grants.roomRecord === true;

export const mayIngress = ({ grants }: MediaPrincipal): boolean => grants.ingressAdmin === true;

export const maySip = ({ sip }: MediaPrincipal): boolean => sip.admin === true;
