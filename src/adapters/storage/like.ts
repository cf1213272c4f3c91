import type { Expression, SqlBool } from 'kysely';
import { sql } from 'kysely';

/** The text has this part, to the letter: nothing in it stands for anything else. */
export const contains = (text: Expression<string | null>, part: string): Expression<SqlBool> =>
  sql<SqlBool>`${text} like ${`%${part.replace(/[!%_]/g, '!$&')}%`} escape '!'`;
