import type { ParticipantRole } from './meeting.ts';

/** What can be done in a meeting, and by whom. */
export const ACTIONS = {
  update: ['host'],
  start: ['host', 'moderator'],
  end: ['host'],
  /** To cancel it; its creator takes it away for good once it is over. */
  delete: ['host'],
  /** Let in who waits, name who is to come, bring back who was removed. */
  add: ['host', 'moderator'],
  remove: ['host', 'moderator'],
  role: ['host'],
  mute: ['host', 'moderator'],
  lock: ['host', 'moderator'],
  poll: ['host', 'moderator'],
  /** To open breakout rooms, place people, speak to all rooms, close them; and to be in each. */
  breakout: ['host', 'moderator'],
  /** As far as the settings let it. */
  chat: ['host', 'moderator', 'participant'],
  media: ['host', 'moderator', 'participant'],
  hand: ['host', 'moderator', 'participant'],
} as const satisfies Record<string, readonly ParticipantRole[]>;

export type Action = keyof typeof ACTIONS;

/** Administrators manage every meeting, and speak only where they are. */
const OWN_VOICE: readonly Action[] = ['chat', 'media', 'hand'];

export type Standing = ParticipantRole | 'admin' | 'service' | null;

export function may(action: Action, standing: Standing): boolean {
  if (standing === null) return false;
  if (standing === 'service') return true;
  if (standing === 'admin') return !OWN_VOICE.includes(action);
  return ACTIONS[action].some((role) => role === standing);
}

/** Moderators act on participants only, everybody else who may act at all on anybody. */
export const mayActOn = (standing: Standing, target: ParticipantRole): boolean =>
  standing !== 'moderator' || target === 'participant';
