import { sql } from 'kysely';
import type { AnyInsert } from './dialect.ts';

/** `on conflict`, as SQLite and PostgreSQL have it. */
export const ignoreOnConflict = <I extends AnyInsert>(insert: I): I =>
  insert.onConflict((conflict) => conflict.doNothing()) as I;

export const replaceOnConflict = <I extends AnyInsert>(
  insert: I,
  key: readonly string[],
  columns: readonly string[],
): I =>
  insert.onConflict((conflict) =>
    conflict
      .columns([...key])
      .doUpdateSet(Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)]))),
  ) as I;

/** MySQL's words for the same. */
export const ignoreDuplicates = <I extends AnyInsert>(insert: I): I => insert.ignore() as I;

export const replaceDuplicates = <I extends AnyInsert>(insert: I, columns: readonly string[]): I =>
  insert.onDuplicateKeyUpdate(
    Object.fromEntries(columns.map((column) => [column, sql`values(${sql.ref(column)})`])),
  ) as I;
