import { ParleyError } from '../errors.ts';
import type { Identity } from '../identity/identity.ts';
import { active } from '../identity/identity.ts';
import type { People } from './people.ts';

/** A token for somebody a host application names; provisioned when nobody knows them yet. */
export async function tokenFor(
  { people, identity }: { people: Pick<People, 'resolve'>; identity: Identity },
  uid: string,
  ttlS: number | undefined,
): Promise<{ token: string; expiresIn: number }> {
  const [user] = await people.resolve([uid], true);
  if (!user) throw new ParleyError('internal', 'internal');
  return identity.issue(active(user), ttlS);
}
