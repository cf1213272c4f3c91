export type { OpenToGuests } from './identity.ts';
export { ACCESS_TTL_S, GREATEST_LIFETIME_S, Identity, MEDIA_LEEWAY_S, OWN_ISSUER } from './identity.ts';
export type { MediaPrincipal, Principal, ServicePrincipal, UserPrincipal } from './principal.ts';
export { TICKET_TTL_S, Tickets } from './ticket.ts';
