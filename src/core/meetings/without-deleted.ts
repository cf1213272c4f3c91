import type { Queries } from '../../ports/store.ts';
import type { LoggedEvent } from '../events.ts';
import { DELETED_NAME } from '../users/remove.ts';
import { shownAs } from '../users/shown.ts';

type Person = Readonly<Record<string, unknown>>;

const NOBODY = { uid: '', username: null, displayName: DELETED_NAME, status: 'deleted' } as const;

/** A meeting's events as people are told them later: who has deleted their account since is named no more. */
export async function withoutDeleted(
  queries: Pick<Queries, 'users'>,
  events: readonly LoggedEvent[],
): Promise<readonly LoggedEvent[]> {
  const ids = new Set(events.flatMap(({ data }) => [data, ...usersIn(data)].flatMap(idIn)));
  const people = ids.size === 0 ? [] : await queries.users.byIds([...ids]);
  const there = new Map(people.filter(({ status }) => status !== 'deleted').map(({ id, uid }) => [id, uid]));
  const named = (person: Person): Person => {
    // Of a guest who was forgotten there is nothing; their number may be somebody else's by now.
    const [gone] = idIn(person).filter((id) => there.get(id) !== person.uid);
    return gone === undefined ? person : { ...person, ...shownAs({ ...NOBODY, id: gone }) };
  };
  return events.map((event) => {
    const { users, ...data } = event.data;
    const listed = users === undefined ? {} : { users: usersIn(event.data).map(named) };
    return { ...event, data: { ...named(data), ...listed } };
  });
}

const usersIn = ({ users }: LoggedEvent['data']): Person[] => (Array.isArray(users) ? users : []);

/** Whom it is about, if it names them. */
const idIn = ({ user_id: id, uid }: Person): number[] =>
  typeof id === 'number' && uid !== undefined ? [id] : [];
