import type { EmbeddedOptions } from '../options.ts';
import type { RoomMember } from './member.ts';

export const RENEW_EVERY_MS = 5 * 60_000;

/** A token with the member's rights as they are now, for the case that its own runs out before its next connect. */
export async function renewToken(member: RoomMember, options: EmbeddedOptions): Promise<void> {
  if (!member.renews) return;
  member.renewedAt = options.clock.now();
  if (!member.renew) return;
  const turn = ++member.renewals;
  try {
    const token = await member.renew(member.renewAsked());
    // Signing takes its time: an older one never comes after a newer one.
    if (turn === member.renewals) member.send({ case: 'refreshToken', value: token });
  } catch (error) {
    options.failed(`a token for ${member.sid}`, error);
  }
}
