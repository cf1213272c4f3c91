import type { Compilable, CreateTableBuilder } from 'kysely';
import type { Dialect, Session, Value } from '../dialect.ts';

/** One step of the schema. Steps are listed by hand and never changed once released. */
export interface Migration {
  version: number;
  name: string;
  up(schema: SchemaChange): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a table under construction has no row type yet.
type Table = CreateTableBuilder<string, any>;
type Column = 'int' | 'int?' | 'text' | 'text?' | 'counted' | `key(${number})` | `key(${number})?`;

export interface TableShape {
  columns: Record<string, Column>;
  key: readonly [string, ...string[]];
  /** Read by its primary key alone: the rows are kept in its order where the database can. */
  clustered?: boolean;
  unique?: Record<string, readonly string[]>;
  indexes?: Record<string, readonly string[]>;
}

/** What a migration may do, safe to run again where definitions do not roll back. */
export class SchemaChange {
  readonly dialect: Dialect;
  readonly #session: Session;

  constructor(dialect: Dialect, session: Session) {
    this.dialect = dialect;
    this.#session = session;
  }

  async table(name: string, shape: TableShape): Promise<void> {
    const { sql, tableEnd } = this.dialect;
    let table: Table = sql.schema.createTable(name).ifNotExists();
    for (const [column, word] of Object.entries(shape.columns)) {
      table = table.addColumn(column, this.#type(word), (c) => {
        const set = word.endsWith('?') || word === 'counted' ? c : c.notNull();
        return word === 'counted' ? set.primaryKey() : set;
      });
    }
    if (!Object.values(shape.columns).includes('counted')) {
      table = table.addPrimaryKeyConstraint(`${name}_pk`, [...shape.key]);
    }
    const end = tableEnd(shape.clustered ?? false);
    if (end) table = table.modifyEnd(end);
    await this.#run(table.compile());
    for (const [index, columns] of Object.entries(shape.unique ?? {}))
      await this.index(name, index, columns, true);
    for (const [index, columns] of Object.entries(shape.indexes ?? {}))
      await this.index(name, index, columns);
  }

  async index(table: string, name: string, columns: readonly string[], unique = false): Promise<void> {
    const index = this.dialect.sql.schema
      .createIndex(name)
      .on(table)
      .columns([...columns]);
    await this.#run((unique ? index.unique() : index).compile());
  }

  /** One more column of a table that may have rows; empty in those. */
  async column(table: string, name: string, word: 'int?' | 'text?' | `key(${number})?`): Promise<void> {
    await this.#run(this.dialect.sql.schema.alterTable(table).addColumn(name, this.#type(word)).compile());
  }

  /** Rewrites rows that are there; run again it comes to the same. */
  async change(built: Compilable<unknown>): Promise<void> {
    await this.#run(built.compile());
  }

  #type(word: Column) {
    const [, kind = '', length] = /^([a-z]+)(?:\((\d+)\))?/.exec(word) ?? [];
    const { types } = this.dialect;
    return kind === 'key' ? types.key(Number(length)) : types[kind as 'int' | 'text' | 'counted'];
  }

  /** A row the program counts on, unless it is there. */
  async counter(name: string): Promise<void> {
    const { sql, ignoreTaken } = this.dialect;
    await this.#run(ignoreTaken(sql.insertInto('counters').values({ name, value: 0 })).compile());
  }

  async #run(built: { sql: string; parameters: readonly unknown[] }): Promise<void> {
    try {
      await this.#session.change(built.sql, built.parameters as Value[]);
    } catch (error) {
      // A step that was interrupted where definitions do not roll back has done this part already.
      if (this.dialect.transactionalDdl || !this.dialect.isAlreadyThere(error)) throw error;
    }
  }
}
