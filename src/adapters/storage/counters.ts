import type { Db } from './db.ts';
import { change, query } from './statements.ts';

interface Of {
  name: string;
}

const count = change<Of>((sql, p) =>
  sql
    .updateTable('counters')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', p.name),
);
const counted = query<Of, { value: number }>((sql, p) =>
  sql.selectFrom('counters').select('value').where('name', '=', p.name),
);

/** A number that was never given before. */
export async function nextNumber(db: Db, name: string): Promise<number> {
  await count(db, { name });
  const [row] = await counted(db, { name });
  if (!row) throw new Error(`no counter for ${name}`);
  return row.value;
}
