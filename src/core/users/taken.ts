import { conflict, ParleyError } from '../errors.ts';

type Field = 'id' | 'uid' | 'username' | 'email';

/** The field at fault when storage (which says `taken`) refused a value that somebody else has. */
export function takenField(thrown: unknown): Field | undefined {
  if (!(thrown instanceof ParleyError) || thrown.key !== 'taken') return undefined;
  const { field } = thrown.details;
  return field === 'id' || field === 'uid' || field === 'username' || field === 'email' ? field : undefined;
}

const KEYS: Record<Field, string> = {
  id: 'user.id_taken',
  uid: 'user.uid_taken',
  username: 'user.username_taken',
  email: 'user.email_taken',
};

/** Runs the write and says which value is taken, in the doors' words; `keys` where a field has another name. */
export async function sayTaken<T>(work: Promise<T>, keys: Partial<Record<Field, string>> = {}): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const field = takenField(error);
    throw field === undefined ? error : conflict(keys[field] ?? KEYS[field], { field });
  }
}
