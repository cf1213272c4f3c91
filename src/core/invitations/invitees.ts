import type { Queries } from '../../ports/store.ts';
import { invalid } from '../errors.ts';
import { isUid } from '../ids.ts';
import { cleanEmail } from '../users/names.ts';
import type { People } from '../users/people.ts';
import type { User } from '../users/user.ts';

/** Whom an inviter has named: an account by its name or number, an address, or nobody. */
export type Invitee =
  | { given: string | number; user: User }
  | { given: string | number; email: string }
  | { given: string | number; unknown: true };

/** What a mail program takes for one address and nothing else, whatever it is quoted in. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;

/**
 * Accounts by uid, number or username, as search shows them; every other address is an address, whether
 * or not anybody here has it: who invites is not told. Throws `invalid` for what can be none of these.
 */
export async function findInvitees(
  { users }: Queries,
  people: Pick<People, 'find'>,
  named: readonly (string | number)[],
): Promise<Invitee[]> {
  const given = named.map((name) => (typeof name === 'string' ? name.trim() : name));
  for (const name of given) if (!mayBe(name)) throw invalid('invitees');
  return Promise.all(
    given.map(async (name): Promise<Invitee> => {
      const user = (await people.find(name)) ?? (await users.byUsername(String(name)));
      if (user?.status === 'active' && user.guestOf === null) return { given: name, user };
      if (!user && isAddress(name)) return { given: name, email: cleanEmail(name, 'invitees') };
      return { given: name, unknown: true };
    }),
  );
}

const mayBe = (name: string | number): boolean =>
  typeof name === 'number' ? Number.isSafeInteger(name) && name > 0 : isUid(name) || isAddress(name);

function isAddress(name: string | number): name is string {
  return typeof name === 'string' && ADDRESS.test(name) && !/\p{Cc}/u.test(name) && name.length <= 254;
}
